// What the map knows of a graph: its parts by id, and the nodes of its drawn tree.

/** The JSON of `data_of` (page.py), its ids made references. */
function readData({ graph, detached, nodes, aside }) {
  const components = new Map(graph.components.map((c) => [c.id, c]));
  const relations = new Map(graph.relations.map((r) => [r.id, r]));
  const byKey = new Map();
  for (const raw of nodes) byKey.set(raw.component, nodeOf(raw, byKey.get(raw.parent) ?? null, components, relations));
  const all = [...byKey.values()];
  const nodeAt = new Map(all.flatMap((node) => node.statements.map((c) => [c.id, node])));
  for (const id of aside) {
    const relation = relations.get(id);
    nodeAt.get(relation.source).aside.push(relation);
  }
  for (const id of detached) nodeAt.get(id).isDetached = true;
  return { graph, components, nodes: all, nodeAt, aside, roots: all.filter((node) => !node.parent) };
}

/** A node: what stands there, what it hangs on and by which relation, and how it is shown now. */
function nodeOf(raw, parent, components, relations) {
  const node = {
    key: raw.component,
    component: components.get(raw.component),
    statements: raw.statements.map((id) => components.get(id)),
    relation: relations.get(raw.relation) ?? null,
    parent,
    depth: parent ? parent.depth + 1 : 1,
    children: [],
    aside: [],
    isDetached: false, // what it hung on was left out of the graph
    folded: false,
    ghost: false, // too unsure to be shown, but something sure hangs on it
    away: false, // too unsure, and all below it too
  };
  parent?.children.push(node);
  return node;
}

/** Where each code point of a text begins in UTF-16 units; one more for the text's end. */
function unitsOf(text) {
  const units = new Uint32Array(text.length + 1);
  let count = 0;
  let unit = 0;
  for (const character of text) {
    units[count++] = unit;
    unit += character.length;
  }
  units[count] = unit;
  return units.subarray(0, count + 1);
}

/** Nodes below a node, parents first, itself not among them. */
function* below(node) {
  const stack = [...node.children].reverse();
  while (stack.length) {
    const top = stack.pop();
    yield top;
    for (let i = top.children.length - 1; i >= 0; i--) stack.push(top.children[i]);
  }
}

/** Nodes that are shown, in the order of reading: not away, nothing above them folded. */
function shownNodes(map) {
  const seen = new Set();
  for (const node of map.nodes) {
    if (!node.away && (!node.parent || (seen.has(node.parent) && !node.parent.folded))) seen.add(node);
  }
  return [...seen];
}

const words = (type) => type.replace("_", " ");
const percent = (probability) => `${Math.round(probability * 100)}%`;
const countOf = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

/** An element with a class and, as text, what it holds. Nothing is ever written as HTML. */
function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}
