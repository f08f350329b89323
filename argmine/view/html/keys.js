// Keys: one stop of the tab key in the tree and one in the piece; arrows move within.

const TREE_KEYS = {
  ArrowDown: (map, node) => focusNode(map, map.shown[map.shown.indexOf(node) + 1]),
  ArrowUp: (map, node) => focusNode(map, map.shown[map.shown.indexOf(node) - 1]),
  ArrowRight: (map, node) => {
    if (node.folded) setFolded(map, [node], false);
    else focusNode(map, node.children.find((child) => !child.away));
  },
  ArrowLeft: (map, node) => {
    if (node.children.some((child) => !child.away) && !node.folded) setFolded(map, [node], true);
    else focusNode(map, node.parent);
  },
  Home: (map) => focusNode(map, map.shown[0]),
  End: (map) => focusNode(map, map.shown.at(-1)),
  "*": (map, node) => setFolded(map, node.parent?.children ?? map.roots, false),
  Enter: (map, node) => choose(map, idIn(map, node.card)),
  " ": (map, node) => {
    node.card.classList.toggle("am-whole");
    layOut(map);
  },
  t: (map, node) => focusComponent(map, idIn(map, node.card)),
};

const PIECE_KEYS = {
  ArrowDown: (map, at) => focusComponent(map, sure(map)[at + 1]?.id),
  ArrowRight: (map, at) => focusComponent(map, sure(map)[at + 1]?.id),
  ArrowUp: (map, at) => focusComponent(map, sure(map)[at - 1]?.id),
  ArrowLeft: (map, at) => focusComponent(map, sure(map)[at - 1]?.id),
  Home: (map) => focusComponent(map, sure(map)[0]?.id),
  End: (map) => focusComponent(map, sure(map).at(-1)?.id),
  Enter: (map, at) => choose(map, sure(map)[at]?.id ?? null),
  " ": (map, at) => choose(map, sure(map)[at]?.id ?? null),
  t: (map, at) => {
    const node = map.nodeAt.get(sure(map)[at]?.id);
    if (node) uncover(map, node);
    focusNode(map, node);
  },
};

const sure = (map) => map.graph.components.filter((c) => !map.unsure(c));

function focusNode(map, node) {
  if (!node) return;
  moveTabStop(map, node);
  node.card.focus({ preventScroll: true });
  scrollInto(map.part("trees"), node.card);
}

/** Focuses a component in the piece. Where it begins together with a shorter one, `spoken` says which is meant. */
function focusComponent(map, id) {
  if (!id) return;
  const element = map.segments.get(id)[0];
  map.root.querySelectorAll('.am-seg[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", `${words(map.components.get(id).type)}: ${map.components.get(id).text}`);
  map.spoken = id;
  if (document.activeElement === element) light(map, "focused", id, "piece");
  else element.focus({ preventScroll: true });
  scrollInto(map.part("piece"), element);
}

function listenForKeys(map) {
  map.on(map.part("tree"), "keydown", (event) => {
    const node = map.cards.get(event.target.closest(".am-card"));
    act(event, node && TREE_KEYS[keyOf(event)], map, node);
  });
  map.on(map.part("piece"), "keydown", (event) => {
    const segment = event.target.closest(".am-seg");
    const id = segment && (map.spoken ?? surest(map, segment));
    act(event, segment && PIECE_KEYS[keyOf(event)], map, sure(map).findIndex((c) => c.id === id));
  });
  map.on(map.part("piece"), "pointerdown", () => (map.spoken = null));
  map.on(document, "keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      map.part("query").focus();
    } else if (event.key === "Escape") letGo(map);
  });
}

const keyOf = (event) => (event.key === "T" ? "t" : event.key);

function act(event, action, ...rest) {
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action(...rest);
}

/** Closes what is open, else lets go of what is kept lit. */
function letGo(map) {
  const open = map.root.querySelector("details.am-pop[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  } else keep(map, null);
}
