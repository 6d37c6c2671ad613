// The map of the texts: the plane in which their vectors differ most.

import { find, shorten } from "./dom.js";
import { principalPlane } from "./vectors.js";

const MARGIN = 28;
const DOT = 6;

// Between a point and its label, and around a label.
const GAP = 6;
const SPACE = 2;

// Labels are tried in these lengths. The last one is only the number.
const LABEL_LENGTHS = [34, 18, 0];

let shown = null;
addEventListener("resize", () => shown && draw(shown));

export function showMap(passages, query) {
  const items = query ? [...passages, query] : passages;
  const plane = items.length > 2 ? principalPlane(items.map(item => item.vector)) : null;
  const exists = plane !== null && !Number.isNaN(plane.share);
  shown = exists ? items.map((item, i) => ({ ...item, ...plane.points[i] })) : null;
  find("map-result").hidden = !exists;
  if (!exists) return;
  find("map-note").textContent = `The plane shows ${Math.round(plane.share * 100)} % of the differences between the vectors (PCA). `
    + "Texts that are near in it are usually near in meaning. The table below has the exact similarities.";
  draw(shown);
}

function draw(items) {
  const map = find("map");
  const width = map.clientWidth;
  if (width === 0) return;
  const height = Math.round(Math.min(420, Math.max(280, width * 0.55)));
  map.setAttribute("viewBox", `0 0 ${width} ${height}`);
  map.setAttribute("height", height);

  const points = place(items, width, height);
  map.replaceChildren(...points.map(createDot));
  const taken = points.map(point => ({ left: point.left - DOT, right: point.left + DOT, top: point.top - DOT, bottom: point.top + DOT }));
  for (const point of points.toSorted((a, b) => importance(b.item) - importance(a.item))) {
    addLabel(map, point, taken, width, height);
  }
}

// The query and the texts near it get their labels first.
const importance = item => item.isQuery ? Infinity : item.score ?? 0;

// Scales both axes alike, so that distances stay comparable.
function place(items, width, height) {
  const range = axis => [Math.min(...items.map(item => item[axis])), Math.max(...items.map(item => item[axis]))];
  const [west, east] = range("x"), [south, north] = range("y");
  const scale = Math.min((width - 2 * MARGIN) / (east - west), (height - 2 * MARGIN) / (north - south));
  return items.map(item => ({
    item,
    left: width / 2 + scale * (item.x - (west + east) / 2),
    top: height / 2 - scale * (item.y - (south + north) / 2),
  }));
}

function createDot({ item, left, top }) {
  const dot = item.isQuery
    ? createSvg("rect", { x: left - DOT, y: top - DOT, width: 2 * DOT, height: 2 * DOT, transform: `rotate(45 ${left} ${top})` })
    : createSvg("circle", { cx: left, cy: top, r: DOT });
  dot.append(createSvg("title", {}, item.text));
  dot.classList.toggle("query", Boolean(item.isQuery));
  return dot;
}

// Adds the longest label that fits next to its point without covering other labels and points.
function addLabel(map, { item, left, top }, taken, width, height) {
  const label = createSvg("text", {});
  label.classList.toggle("query", Boolean(item.isQuery));
  map.append(label);
  for (const length of LABEL_LENGTHS) {
    label.textContent = item.isQuery ? `Query${length ? `: ${shorten(item.text, length)}` : ""}`
      : `${item.number}${length ? ` ${shorten(item.text, length)}` : ""}`;
    const box = label.getBBox();
    const places = [
      [left + DOT + GAP, top - box.height / 2],
      [left - DOT - GAP - box.width, top - box.height / 2],
      [left - box.width / 2, top - DOT - GAP / 2 - box.height],
      [left - box.width / 2, top + DOT + GAP / 2],
    ];
    for (const [x, y] of places) {
      const area = { left: x - SPACE, right: x + box.width + SPACE, top: y - SPACE, bottom: y + box.height + SPACE };
      const inside = area.left >= 0 && area.right <= width && area.top >= 0 && area.bottom <= height;
      if (inside && !taken.some(other => overlap(area, other))) {
        label.setAttribute("x", x);
        label.setAttribute("y", y - box.y);
        taken.push(area);
        return;
      }
    }
  }

  label.remove();
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function createSvg(name, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  element.textContent = text;
  return element;
}
