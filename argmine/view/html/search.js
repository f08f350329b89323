// Search: words are marked on both sides; Enter goes from one component that has them to the next.

const MARK = "am-found";

function search(map) {
  const query = map.part("query").value;
  const pattern = query.trim() && new RegExp(query.trim().replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
  const ranges = pattern ? [...rangesIn(map.part("prose"), "p", pattern), ...rangesIn(map.part("tree"), ".am-text", pattern)] : [];
  if (globalThis.CSS?.highlights) CSS.highlights.set(MARK, new Highlight(...ranges));
  const has = (node) => node.statements.some((c) => !map.unsure(c) && c.text.search(pattern) >= 0);
  map.hits = pattern ? map.nodes.filter((node) => !node.ghost && !node.away && has(node)) : [];
  const hits = new Set(map.hits);
  for (const node of map.nodes) node.card.classList.toggle("am-hit", hits.has(node));
  map.hit = -1;
  const inPiece = ranges.filter((range) => map.part("prose").contains(range.startContainer)).length;
  map.part("found").textContent = pattern ? `${inPiece} in the text, ${countOf(map.hits.length, "component")}` : "";
}

/** Goes to the next component found, or the one before. */
function goToHit(map, step) {
  if (!map.hits.length) return;
  map.hit = map.hit < 0 && step < 0 ? map.hits.length - 1 : (map.hit + step + map.hits.length) % map.hits.length;
  const node = map.hits[map.hit];
  if (map.lit.kept !== node.key) choose(map, node.key);
  moveTabStop(map, node);
  map.part("found").textContent = `${map.hit + 1} of ${countOf(map.hits.length, "component")}`;
}

/** Where a pattern occurs in the text of each element that a selector finds, across the elements within. */
function* rangesIn(root, selector, pattern) {
  for (const element of root.querySelectorAll(selector)) {
    for (const match of element.textContent.matchAll(pattern)) {
      yield rangeOf(element, match.index, match.index + match[0].length);
    }
  }
}

function rangeOf(element, start, end) {
  const range = new Range();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  for (let node = walker.nextNode(); node; before += node.length, node = walker.nextNode()) {
    if (before <= start && start < before + node.length) range.setStart(node, start - before);
    if (before < end && end <= before + node.length) {
      range.setEnd(node, end - before);
      break;
    }
  }
  return range;
}

function listenForSearch(map) {
  const field = map.part("query");
  map.on(field, "input", () => search(map));
  map.on(field, "keydown", (event) => {
    if (event.key === "Enter") goToHit(map, event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") {
      field.value = "";
      search(map);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
