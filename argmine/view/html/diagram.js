// Where the cards stand. In the list CSS puts one below another. In the diagram each card has a band as high as all
// that hangs on it, which d3-hierarchy lays out; a card stays in sight as long as its band does (tree.css).

const CARD = 232; // as in tree.css
const COLUMN = CARD + 54;
const GAP = 14;
const MARGIN = 24;

function firstLayout(map) {
  const isTree = map.nodes.some((node) => node.parent);
  return isTree && map.part("trees").clientWidth >= 2.75 * COLUMN ? "diagram" : "list";
}

function layOut(map) {
  const isDiagram = map.root.dataset.layout === "diagram" && map.shown.length > 0;
  const tree = map.part("tree");
  const size = isDiagram ? placeBands(map) : null;
  tree.style.width = size ? `${size.width}px` : "";
  tree.style.height = size ? `${size.height}px` : "";
  if (!isDiagram) for (const band of tree.children) Object.assign(band.style, { left: "", top: "", height: "" });
}

/** Places all bands by the heights of their cards, and returns the size of the whole. */
function placeBands(map) {
  const room = map.part("trees").clientHeight;
  for (const node of map.shown) node.height = node.card.offsetHeight;
  for (const node of map.shown) node.card.classList.toggle("am-tall", node.height > room - 2 * GAP);
  const bands = d3.partition()(withHeights(hierarchy(map.shown)));
  for (const { depth, x0, x1, data } of bands.descendants().slice(1)) {
    const { style } = data.card.parentElement;
    style.left = `${MARGIN + (depth - 1) * COLUMN}px`;
    style.top = `${MARGIN + x0 * bands.value}px`;
    style.height = `${(x1 - x0) * bands.value - GAP}px`; // the rest is the band's padding, where no card may stay
  }
  return { width: 2 * MARGIN + bands.height * COLUMN, height: 2 * MARGIN + bands.value };
}

/** All trees below one root that is not shown. */
function hierarchy(nodes) {
  const top = { key: "", parent: null, height: 0 };
  const id = (node) => (node === top ? "top" : `node ${node.key}`);
  return d3
    .stratify()
    .id(id)
    .parentId((node) => (node === top ? null : id(node.parent ?? top)))([top, ...nodes]);
}

/** A band is as high as its card or as the bands within, whichever is more. */
function withHeights(root) {
  return root.eachAfter((place) => {
    const inside = (place.children ?? []).reduce((sum, child) => sum + child.value, 0);
    const own = place.data.height + (place.depth === 1 ? 2 * GAP : GAP);
    place.value = Math.max(place.depth ? own : 0, inside);
  });
}
