// The mathematics of the page.

const MAP_STEPS = 500;

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

export function cosine(a, b) {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  // A zero vector has no direction.
  return lengths ? Math.max(-1, Math.min(1, dot(a, b) / lengths)) : NaN;
}

// Projects vectors to the plane in which they differ most (PCA). Returns their coordinates, and the share of all differences (the
// variance) that the plane shows. The share is NaN if the vectors do not differ.
export function principalPlane(vectors) {
  const centered = center(vectors);
  const products = centered.map(a => centered.map(b => dot(a, b)));
  const total = products.reduce((sum, row, i) => sum + row[i], 0);
  const x = removeLargestComponent(products);
  const y = removeLargestComponent(products);
  return {
    points: vectors.map((_, i) => ({ x: x.coordinates[i], y: y.coordinates[i] })),
    share: total > 1e-9 ? (x.variance + y.variance) / total : NaN,
  };
}

function center(vectors) {
  const mean = Array.from(vectors[0], (_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length);
  return vectors.map(vector => Array.from(vector, (value, i) => value - mean[i]));
}

// Finds the largest eigenvector of a matrix of inner products by power iteration, and subtracts it from the matrix.
function removeLargestComponent(products) {
  // The start is the same for the same number of texts, so that the map is too.
  let direction = normalize(products.map((_, i) => Math.sin(i + 1)));
  for (let step = 0; step < MAP_STEPS; step++) {
    direction = normalize(products.map(row => dot(row, direction)));
  }

  const variance = Math.max(0, dot(direction, products.map(row => dot(row, direction))));
  products.forEach((row, i) => row.forEach((_, j) => { row[j] -= variance * direction[i] * direction[j]; }));
  return { variance, coordinates: direction.map(value => value * Math.sqrt(variance)) };
}

function normalize(vector) {
  const length = Math.sqrt(dot(vector, vector));
  return length > 1e-12 ? vector.map(value => value / length) : vector;
}
