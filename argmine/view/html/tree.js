// The tree: a card a node, in the order of reading; which cards are shown, and how they say what is folded or unsure.

const INDENTED = 12; // levels that the list indents; below, a card says its depth

function drawTree(map) {
  const tree = map.part("tree");
  tree.replaceChildren();
  map.cards = new Map();
  for (const node of map.nodes) {
    node.card = cardOf(map, node);
    map.cards.set(node.card, node);
    const band = make("div", "am-band");
    band.style.setProperty("--depth", Math.min(node.depth - 1, INDENTED));
    band.append(node.card);
    tree.append(band);
  }
  if (map.nodes.length) {
    tree.setAttribute("role", "tree");
    tree.setAttribute("aria-label", "Argument tree");
    map.nodes[0].card.tabIndex = 0;
  } else {
    tree.removeAttribute("role");
    tree.append(make("p", "am-nothing", "No argument was found in this piece."));
  }
}

function cardOf(map, node) {
  const card = make("div", "am-card");
  card.setAttribute("role", "treeitem");
  card.setAttribute("aria-level", node.depth);
  card.tabIndex = -1;
  card.dataset.type = node.component.type;
  card.dataset.id = node.key;
  if (node.relation) {
    card.dataset.sign = node.relation.type;
    const sign = make("span", "am-sign", node.relation.type === "support" ? "+" : "−");
    sign.setAttribute("aria-hidden", "true");
    card.append(sign);
  }
  const stated = [node.component, ...node.statements.filter((c) => c !== node.component)];
  card.append(headOf(node), ...stated.map((c) => statement(node, c)), ...node.aside.map((r) => asideOf(map, r)));
  const fold = make("span", "am-fold");
  fold.setAttribute("aria-hidden", "true");
  card.append(fold);
  return card;
}

function headOf(node) {
  const head = make("div", "am-kind");
  if (node.depth > INDENTED + 1) head.append(make("span", "am-depth", `(${node.depth - 1}) `));
  if (node.relation) {
    head.append(make("span", "am-bears", `${node.relation.type}s`), " ");
    head.append(probability(node.relation.probability), " ");
  }
  head.append(make("span", "am-type", words(node.component.type)), " ");
  if (node.statements.length === 1) head.append(probability(node.component.probability), " ");
  head.append(make("span", "am-why"));
  return head;
}

/** The text of a component; a thesis stated several times has several. */
function statement(node, component) {
  const line = make("div", "am-statement");
  line.dataset.id = component.id;
  const text = make("div", "am-text", component.text);
  text.dir = "auto";
  if (component !== node.component) line.append(make("span", "am-also", "also stated"), " ");
  if (node.statements.length > 1) line.append(probability(component.probability));
  line.append(text);
  return line;
}

function probability(value) {
  const shown = make("span", "am-p", value === null ? "" : percent(value));
  if (value !== null) shown.title = "probability";
  return shown;
}

/** A relation that the tree cannot hold, told on its source's card. */
function asideOf(map, relation) {
  const line = make("div", "am-aside");
  line.dataset.sign = relation.type;
  line.dataset.target = relation.target;
  line.dataset.relation = relation.id;
  const target = make("span", "am-quote", map.components.get(relation.target).text);
  target.dir = "auto";
  line.append(`also ${relation.type}s `, probability(relation.probability), " ", target);
  return line;
}

/** Brings the cards in line with the nodes: shown or not, folded, unsure; then lays them out. */
function refreshTree(map) {
  const shown = shownNodes(map);
  map.shown = shown;
  const visible = new Set(shown);
  for (const node of map.nodes) {
    node.card.parentElement.classList.toggle("am-gone", !visible.has(node));
    if (visible.has(node)) refreshCard(map, node);
  }
  const focusable = map.nodes.find((node) => node.card.tabIndex === 0);
  if (shown.length && (!focusable || !visible.has(focusable))) moveTabStop(map, nearestShown(map, focusable) ?? shown[0]);
  map.part("foldall").textContent = map.nodes.some((node) => node.folded) ? "Unfold all" : "Fold all";
  layOut(map);
}

function refreshCard(map, node) {
  const { card } = node;
  const siblings = (node.parent?.children ?? map.roots).filter((other) => !other.away);
  card.setAttribute("aria-setsize", siblings.length);
  card.setAttribute("aria-posinset", siblings.indexOf(node) + 1);
  const band = card.parentElement.classList;
  band.toggle("am-tied", node.parent !== null);
  band.toggle("am-first", siblings[0] === node);
  band.toggle("am-last", siblings.at(-1) === node);
  const inside = node.children.filter((child) => !child.away);
  if (inside.length) card.setAttribute("aria-expanded", String(!node.folded));
  else card.removeAttribute("aria-expanded");
  card.querySelector(".am-fold").textContent = inside.length && node.folded ? hiddenBelow(node) : "";
  card.classList.toggle("am-ghost", node.ghost);
}

function hiddenBelow(node) {
  let count = 0;
  for (const inside of below(node)) count += inside.away ? 0 : 1;
  return count;
}

/** The node itself if it is shown, else the lowest above it that is. */
function nearestShown(map, node) {
  const shown = new Set(map.shown);
  let here = node;
  while (here && !shown.has(here)) here = here.parent;
  return here ?? null;
}

function setFolded(map, nodes, folded) {
  for (const node of nodes) node.folded = folded && node.children.length > 0;
  refreshTree(map);
  relight(map);
}

/** Unfolds all above a node. */
function uncover(map, node) {
  const folded = [];
  for (let above = node.parent; above; above = above.parent) if (above.folded) folded.push(above);
  if (folded.length) setFolded(map, folded, false);
}

function moveTabStop(map, node) {
  for (const other of map.nodes) if (other.card.tabIndex === 0) other.card.tabIndex = -1;
  node.card.tabIndex = 0;
}
