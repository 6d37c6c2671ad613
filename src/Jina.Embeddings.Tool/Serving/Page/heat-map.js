// The cosine similarities of all pairs of texts.

import { create, find, shorten, twoDigits } from "./dom.js";
import { cosine } from "./vectors.js";

const LABEL_LENGTH = 60;

// A smaller range would make differences visible that do not matter.
const SMALLEST_RANGE = 0.1;

export function showHeatMap(passages) {
  const cosines = passages.map(a => passages.map(b => cosine(a.vector, b.vector)));
  const scale = fitScale(cosines.flatMap((row, i) => row.slice(i + 1)));

  const head = create("tr");
  head.append(create("td"), ...passages.map(passage => {
    const header = create("th", undefined, { scope: "col" });
    header.append(create("abbr", String(passage.number), { title: passage.text }));
    return header;
  }));

  const rows = passages.map((passage, i) => {
    const row = create("tr");
    const header = create("th", undefined, { scope: "row", title: passage.text });
    header.append(create("b", String(passage.number)), shorten(passage.text, LABEL_LENGTH));
    row.append(header, ...cosines[i].map((value, j) => {
      const cell = create("td", twoDigits(value), { title: `${passage.text}\n${passages[j].text}` });
      if (i === j) {
        cell.className = "self";
      } else {
        cell.style.setProperty("--heat", heat(value, scale));
      }

      return cell;
    }));
    return row;
  });

  find("matrix").tHead.replaceChildren(head);
  find("matrix").tBodies[0].replaceChildren(...rows);
  find("lowest").textContent = twoDigits(scale.lowest);
  find("highest").textContent = twoDigits(scale.highest);
  // One text has no pair.
  find("similarity").hidden = passages.length < 2;
}

// Returns the range of the colors. The similarity of a text to itself is always 1 and would hide the other differences.
function fitScale(pairs) {
  const known = pairs.filter(value => !Number.isNaN(value));
  const least = Math.min(...known, 1), most = Math.max(...known, -1);
  const range = Math.max(most - least, SMALLEST_RANGE);
  const highest = Math.min(1, (least + most + range) / 2);
  return { lowest: highest - range, highest };
}

const heat = (value, { lowest, highest }) => Number.isNaN(value) ? 0 : (value - lowest) / (highest - lowest);
