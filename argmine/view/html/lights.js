// What is lit: the component that is pointed at, else the one with the focus, else the one kept; on both sides at once.

const DWELL = 300; // milliseconds of pointing after which the other side comes into view
const NEAR_EDGE = 16; // pixels
const FAR = 4000; // pixels beyond which nothing is gained by seeing what is passed

/** Lights a component, or none; `from` is the side that asked: "piece" or "tree". */
function light(map, why, id, from) {
  map.lit[why] = id;
  relight(map);
  clearTimeout(map.dwelling);
  if (id === null) return;
  const show = () => reveal(map, id, from);
  if (why === "pointed") map.dwelling = setTimeout(show, DWELL);
  else show();
}

const litNow = (map) => map.lit.pointed ?? map.lit.focused ?? map.lit.kept;

function relight(map) {
  for (const element of map.glowing) element.classList.remove("am-lit", "am-near", "am-hides");
  map.glowing = [];
  const id = litNow(map);
  if (id === null || map.unsure(map.components.get(id))) return;
  const node = map.nodeAt.get(id);
  const shown = nearestShown(map, node);
  if (shown) glow(map, shown.card, shown === node ? "am-lit" : "am-hides");
  for (const element of map.segments.get(id)) glow(map, element, "am-lit");
  for (const line of node.card.querySelectorAll(".am-statement")) {
    if (line.dataset.id === id && node.statements.length > 1) glow(map, line, "am-lit");
  }
  for (const other of neighbours(map, node)) {
    glow(map, other.card, "am-near");
    for (const { id: near } of other.statements) for (const element of map.segments.get(near)) glow(map, element, "am-near");
  }
}

function neighbours(map, node) {
  const targets = node.aside.map((relation) => map.nodeAt.get(relation.target));
  return [node.parent, ...node.children, ...targets].filter((other) => other && !other.away && !other.ghost);
}

function glow(map, element, className) {
  if (!element) return;
  element.classList.add(className);
  map.glowing.push(element);
}

/** Brings a component into view on the other side, and on its own where it was not pointed at. */
function reveal(map, id, from) {
  const shown = nearestShown(map, map.nodeAt.get(id));
  if (from !== "tree" && shown) scrollInto(map.part("trees"), shown.card);
  if (from !== "piece") scrollInto(map.part("piece"), map.segments.get(id)[0]);
}

/** Scrolls a pane, and nothing around it, so that an element stands well inside; not at all where it is in sight. */
function scrollInto(pane, element) {
  const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  const down = inner.top < outer.top + NEAR_EDGE || inner.bottom > outer.bottom - NEAR_EDGE;
  const top = down ? inner.top - outer.top - Math.max(NEAR_EDGE, (outer.height - inner.height) / 3) : 0;
  const left = Math.min(0, inner.left - outer.left - NEAR_EDGE) || Math.max(0, inner.right - outer.right + NEAR_EDGE);
  if (!left && !top) return;
  const atOnce = matchMedia("(prefers-reduced-motion: reduce)").matches || Math.abs(top) > FAR;
  pane.scrollBy({ left, top, behavior: atOnce ? "instant" : "smooth" });
}

/** Keeps a component lit until it is let go, or lets go of it; the card of the one that is kept shows its whole text. */
function keep(map, id) {
  const kept = map.lit.kept === id ? null : id;
  const cards = [map.lit.kept, kept].filter((one) => one !== null).map((one) => map.nodeAt.get(one).card);
  const heights = cards.map((card) => card.offsetHeight);
  cards[0]?.removeAttribute("aria-selected");
  if (kept !== null) cards.at(-1).setAttribute("aria-selected", "true");
  map.lit.kept = kept;
  if (cards.some((card, n) => card.offsetHeight !== heights[n])) layOut(map);
  relight(map);
}

function listenForPointing(map) {
  const piece = map.part("piece");
  const tree = map.part("tree");
  map.on(piece, "pointerover", (event) => {
    const segment = event.target.closest(".am-seg");
    light(map, "pointed", segment ? surest(map, segment) : null, "piece");
  });
  map.on(tree, "pointerover", (event) => light(map, "pointed", idIn(map, event.target), "tree"));
  for (const side of [piece, tree]) map.on(side, "pointerleave", () => light(map, "pointed", null, null));
  map.on(piece, "focusin", (event) => {
    const segment = event.target.closest(".am-seg");
    if (segment?.matches(":focus-visible")) light(map, "focused", map.spoken ?? surest(map, segment), "piece");
  });
  map.on(tree, "focusin", (event) => {
    const card = event.target.closest(".am-card");
    if (card?.matches(":focus-visible")) light(map, "focused", idIn(map, card), "tree");
  });
  for (const side of [piece, tree]) map.on(side, "focusout", () => light(map, "focused", null, null));
}

function listenForClicks(map) {
  map.on(map.part("piece"), "click", (event) => {
    const segment = event.target.closest(".am-seg");
    const id = segment && surest(map, segment);
    if (id && !String(getSelection())) choose(map, id);
  });
  map.on(map.part("tree"), "click", (event) => {
    const card = event.target.closest(".am-card");
    if (!card || String(getSelection())) return;
    const node = map.cards.get(card);
    const aside = event.target.closest(".am-aside");
    if (event.target.closest(".am-fold")) setFolded(map, [node], !node.folded);
    else if (aside) choose(map, aside.dataset.target);
    else choose(map, idIn(map, event.target));
    moveTabStop(map, nearestShown(map, node));
  });
}

/** Keeps a component lit and shows it on both sides, unfolding what covers it. */
function choose(map, id) {
  if (id === null) return;
  uncover(map, map.nodeAt.get(id));
  keep(map, id);
  if (map.lit.kept === id) reveal(map, id, null);
}

/** The shortest component of a stretch that is not hidden for being unsure. */
function surest(map, segment) {
  return idsOf(segment).find((id) => !map.unsure(map.components.get(id))) ?? null;
}

/** The component that a place of the tree stands for: a statement, or the card's own. */
function idIn(map, element) {
  const card = element.closest(".am-card");
  if (!card) return null;
  const node = map.cards.get(card);
  const stated = element.closest(".am-statement")?.dataset.id;
  const sure = node.statements.filter((c) => !map.unsure(c)).map((c) => c.id);
  return sure.includes(stated) ? stated : sure.includes(node.key) ? node.key : (sure[0] ?? null);
}
