"use strict";
// What pages that show schedules share. Everything that comes from a model is set as text, never as markup.
const at = (id) => document.getElementById(id);

// Texts of a model, as they are read from JSON: what turns the direction of writing round is shown, as in
// text forms.
const shown = (_, value) => typeof value !== "string" ? value
  : value.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (letter) => `\\u{${letter.codePointAt(0).toString(16)}}`);
// An element with a class, text or children. Texts of other directions of writing reorder nothing but themselves.
function make(name, kind, ...children) {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  for (const child of children) {
    if (child === null || child === undefined) continue;
    if (typeof child === "string") {
      const text = document.createElement("bdi");
      text.textContent = child;
      element.append(text);
    } else element.append(child);
  }
  return element;
}
function draw(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
const count = (number, one, many) => `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
const MARKS = { Holds: "✓", Violated: "✗", Undecided: "?" };
const KINDS = {
  Always: "always", AlwaysImplies: "always, if", AlwaysStep: "in every step", Sometimes: "can happen", Recoverable: "stays possible",
  NoDeadlock: "never deadlocks", Eventually: "happens in every fair run", LeadsTo: "leads to",
  AlwaysEventually: "again and again", EventuallyAlways: "from some moment on for ever", Until: "until",
};
// The number of steps before those that repeat for ever, if some do.
function cycleOf(story) {
  const lasso = story.aftermath && story.aftermath.lasso;
  return lasso && lasso.cycle_start < story.aftermath.steps ? lasso.cycle_start : null;
}
// Why a run may stop for ever where it does.
const RESTS = {
  WhereNothingCanHappen: "nothing can happen any more", WhereNothingIsObliged: "nothing that is obliged can happen",
  Anywhere: "nothing is obliged to happen",
};
function showHeads(story) {
  at("schedule").style.setProperty("--lanes", story.lanes.length);
  at("heads").replaceChildren(make("i"), ...story.lanes.map((lane) => make("span", "", lane)));
}
// A text of an item, which may be empty; a dash where there is no item.
const told = (text) => text === null ? "–" : text || "(empty)";
// What a step changes, in a line; what a process does with its own memory is what the deed says.
function seen(story, step) {
  const others = step.changes.filter((change) => !story.lanes.includes(change.item));
  return others.map((change) => `${change.item}: ${told(change.before)} → ${told(change.after)}`).join("; ");
}
// A step of a timeline, as a button.
function row(story, step, index, go) {
  const kinds = step.remarks.map((remark) => remark.kind);
  const tags = [];
  if (kinds.includes("StaleKnowledge")) tags.push(make("span", "tag", "~ stale"));
  if (kinds.includes("Damage")) tags.push(make("span", "tag damage", "! damage"));
  if (step.property === false) tags.push(make("span", "tag damage", "✗ violated"));
  // Most steps of a shortest schedule are necessary.
  if (step.need && step.need !== "necessary") tags.push(make("span", "tag need", step.need));
  const lanes = story.lanes.map((_, lane) => make("span", lane === step.lane ? "lane acts" : "lane"));
  const changes = seen(story, step);
  const said = make("span", "said", make("b", "", story.lanes[step.lane]), ` ${step.deed}`, ...tags,
    changes ? make("small", "", changes) : null);
  const button = make("button", "row", make("span", "number", String(index + 1)), ...lanes, said);
  button.type = "button";
  if (kinds.includes("StaleKnowledge")) button.classList.add("stale");
  if (kinds.includes("Damage")) button.classList.add("damage");
  const cycle = cycleOf(story);
  if (cycle !== null && index >= cycle) button.classList.add("cycle");
  button.addEventListener("click", () => go(index + 1));
  return make("li", "", cycle === index ? make("p", "repeats", "↻ from here on, for ever:") : null, button);
}
// Marks the step that is shown.
function markStep(number) {
  [...at("steps").querySelectorAll(".row")].forEach((element, index) => {
    if (index + 1 === number) element.setAttribute("aria-current", "step");
    else element.removeAttribute("aria-current");
  });
}
function showRemarks(remarks) {
  at("remarks").replaceChildren(...remarks.map((remark) => {
    const sign = remark.kind === "Damage" ? "! " : remark.kind === "StaleKnowledge" ? "~ " : "";
    return make("li", remark.kind, `${sign}${remark.text}`);
  }));
}
function box(item, change, known) {
  const refers = item.refers_to.map((name) => {
    const target = known.get(name);
    return !target || target.standing === "Gone" ? `→ ${name} ✗` : `→ ${name}`;
  });
  const element = make("div", `item ${item.standing}`, make("b", "", item.name), make("small", "", item.text),
    refers.length ? make("span", "refers", refers.join(", ")) : null);
  if (change) {
    element.classList.add("changed");
    element.append(make("span", "was", change.before === null ? "" : make("s", "", told(change.before)), change.before === null ? "new" : " before"));
  }
  element.dataset.name = item.name;
  return element;
}
// Lines from what refers to what is referred to; one that leads to what is gone ends in a cross.
function lines(picture, boxes, known) {
  const field = at("picture");
  const frame = field.getBoundingClientRect();
  const svg = draw("svg", { "aria-hidden": "true" });
  for (const item of [...known.values()]) {
    for (const name of item.refers_to) {
      const from = boxes.get(item.name).getBoundingClientRect();
      const target = boxes.get(name);
      const to = target ? target.getBoundingClientRect() : null;
      const leftwards = !to || to.left < from.left;
      const x1 = (leftwards ? from.left : from.right) - frame.left, y1 = from.top + from.height / 2 - frame.top;
      const x2 = to ? (leftwards ? to.right : to.left) - frame.left : x1 - 26;
      const y2 = to ? to.top + to.height / 2 - frame.top : y1;
      const gone = !to || known.get(name).standing === "Gone";
      const middle = (x1 + x2) / 2;
      svg.append(draw("path", { d: `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`, class: gone ? "dangling" : "" }));
      if (gone) {
        const cross = draw("text", { x: to ? x2 + (leftwards ? 12 : -12) : x2, y: y2 });
        cross.textContent = "✗";
        svg.append(cross);
      }
    }
  }
  field.append(svg);
}
function showPicture(picture, changes) {
  const groups = picture.groups.filter((group) => group.items.length);
  const known = new Map(groups.flatMap((group) => group.items.map((item) => [item.name, item])));
  const boxes = new Map();
  const field = at("picture");
  field.style.setProperty("--groups", Math.max(groups.length, 1));
  field.replaceChildren(...groups.map((group) => {
    const items = group.items.map((item) => {
      const element = box(item, changes.find((change) => change.item === item.name), known);
      boxes.set(item.name, element);
      return element;
    });
    return make("div", "group", make("h3", "", group.title), make("div", "items", ...items));
  }));
  lines(picture, boxes, known);
}
// Copies a text that is shown; where that is not allowed, it is selected.
async function copy(button, text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  try { await navigator.clipboard.writeText(text.textContent); button.textContent = "Copied"; }
  catch { button.textContent = "Selected"; }
}
function theme(dark) {
  document.documentElement.classList.toggle("dark", dark);
}
at("theme").addEventListener("click", () => theme(!document.documentElement.classList.contains("dark")));
const wish = window.matchMedia("(prefers-color-scheme: dark)");
theme(wish.matches);
wish.addEventListener("change", () => theme(wish.matches));
