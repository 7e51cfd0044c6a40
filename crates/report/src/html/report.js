// Draws a report.
const report = JSON.parse(document.getElementById("data").textContent, shown);
const place = { story: 0, step: 0 };

// What went wrong, in the words of the step that did it.
function reason(story) {
  const last = story.steps[story.steps.length - 1];
  if (!last) return "already in the initial state";
  const damage = last.remarks.find((remark) => remark.kind === "Damage");
  const what = damage ? damage.text : `${story.lanes[last.lane]} ${last.deed}`;
  if (story.aftermath && !dead(story)) return `${ending(story.aftermath)}.`;
  return `In step ${story.steps.length}: ${what}.`;
}
const dead = (story) => !story.aftermath.lasso && !story.aftermath.trap;
// What comes after a schedule, in a sentence.
function ending({ steps, lasso, trap }) {
  if (trap) return `After ${count(steps, "step", "steps")} there is a trap: ${count(trap.states, "state", "states")}` +
    `${trap.up_to_symmetry ? " (up to symmetry)" : ""} can follow, ${trap.states === 1 ? "and it is not good" : "none of them good"}`;
  if (lasso && lasso.cycle_start === steps - 1) return `Step ${steps} repeats for ever`;
  if (lasso && lasso.cycle_start < steps) return `Steps ${lasso.cycle_start + 1} to ${steps} repeat for ever`;
  const rest = lasso ? lasso.rests : "WhereNothingCanHappen";
  return `After ${count(steps, "step", "steps")} it may rest for ever: ${RESTS[rest]}`;
}
function fair({ condition, how }) {
  if (how === "NeverEnabled") return `${condition} can do nothing from then on`;
  if (how === "GoesOn") return `${condition} need not act while something else happens`;
  if ("Taken" in how) return `${condition} takes step ${how.Taken}`;
  return how.Disabled ? `${condition} can do nothing after step ${how.Disabled}` : `${condition} can do nothing at the start`;
}
function showAftermath(story) {
  const after = story.aftermath;
  at("aftermath").hidden = !after;
  if (!after) return;
  const parts = [make("p", "ending", `${ending(after)}.`)];
  const list = (title, lines) => lines.length && parts.push(make("h3", "", title), make("ul", "", ...lines));
  const line = (text, small) => make("li", "", text, small ? make("small", "", small) : null);
  const { lasso, trap } = after;
  const all = (values, most) => values.length < most ? "" : ", for example";
  if (lasso && lasso.cycle_start < after.steps) list("How this is fair", lasso.fairness.map((met) => line(fair(met))));
  if (trap) {
    const ends = trap.terminal === 0 ? "It never stops."
      : trap.terminal === trap.states ? "Nothing can happen any more."
      : `In ${trap.terminal.toLocaleString("en-US")} of them nothing can happen.`;
    parts.push(make("p", "", ends));
    list(`Still running there${all(trap.running, 8)}`, trap.running.map((step) => line(step)));
  }
  list(`Refused there${all(after.refusals, 8)}`, after.refusals.map((one) => line(`${one.actor} ${one.deed}`, one.reason)));
  if (trap) parts.push(make("p", "", `In all, ${count(trap.trapped, "state", "states")} of the model cannot be recovered from.`));
  at("aftermath").replaceChildren(make("h2", "", "What comes after"), ...parts);
}
function showVerdict() {
  at("title").textContent = report.title;
  document.title = `${report.outcome} – ${report.title}`;
  at("verdict").classList.add(report.outcome.toLowerCase());
  at("mark").textContent = MARKS[report.outcome];
  const bad = report.claims.filter((claim) => claim.outcome === report.outcome);
  const names = bad.map((claim) => claim.property);
  const more = names.length > 1 ? `, and ${count(names.length - 1, "other property", "other properties")}` : "";
  if (report.outcome === "Violated") {
    at("headline").textContent = `Violated: ${names[0]}${more}`;
    const story = report.stories.find((one) => one.property && one.property.name === names[0]);
    at("reason").textContent = story ? reason(story) : "";
  } else if (report.outcome === "Undecided") {
    at("headline").textContent = `Undecided: ${names[0]}${more}`;
    at("reason").textContent = bad[0] && bad[0].cause ? bad[0].cause : "";
  } else {
    at("headline").textContent = `Holds: ${count(report.claims.length, "property", "properties")}`;
    const first = report.claims[0];
    at("reason").textContent = first ? `${count(first.states, "state", "states")}, every one explored.` : "";
  }
}
function showStories() {
  const buttons = report.stories.map((story, number) => {
    const claimed = story.property;
    const what = !claimed ? "schedule" : claimed.outcome === "Violated" ? "counterexample" : "witness";
    const mark = claimed ? MARKS[claimed.outcome] : "•";
    const button = make("button", "", `${mark} ${claimed ? claimed.name : "a schedule"} `,
      make("small", "", `${what}, ${count(story.steps.length, "step", "steps")}`));
    button.type = "button";
    button.addEventListener("click", () => go(number, Infinity));
    return button;
  });
  at("stories").replaceChildren(...buttons);
}
function showTimeline() {
  const story = report.stories[place.story];
  showHeads(story);
  at("steps").replaceChildren(...story.steps.map((step, index) => row(story, step, index, (step) => go(place.story, step))));
  showAftermath(story);
  [...at("stories").children].forEach((button, number) =>
    button.setAttribute("aria-pressed", String(number === place.story)));
  const command = report.replay_command;
  at("again").hidden = !story.replay;
  at("replay").textContent = command ? `${command} ${story.replay}` : story.replay;
}
function showStep() {
  const story = report.stories[place.story];
  const step = place.step > 0 ? story.steps[place.step - 1] : null;
  at("place").textContent = place.step ? `step ${place.step} of ${story.steps.length}` : "at the start";
  at("deed").textContent = step ? `${story.lanes[step.lane]} ${step.deed}` : "Before the first step";
  const value = at("value"), name = story.property ? story.property.name : "";
  const known = step && step.property !== null ? step.property : null;
  value.className = known === null ? "value" : `value ${known}`;
  value.textContent = !name ? "" : known === null ? name : known ? `✓ ${name}` : `✗ ${name}: false`;
  if (known === false && story.property.kind === "AlwaysStep") value.textContent = `✗ ${name}: not so in this step`;
  showRemarks(step ? step.remarks : []);
  showPicture(step ? step.picture : story.start, step ? step.changes : []);
  markStep(place.step);
  at("first").disabled = at("back").disabled = place.step === 0;
  at("next").disabled = at("last").disabled = place.step === story.steps.length;
}
function go(story, step) {
  const stories = report.stories.length;
  if (!stories) return;
  const number = Math.min(Math.max(story, 0), stories - 1);
  const steps = report.stories[number].steps.length;
  const fresh = number !== place.story || !at("steps").childElementCount;
  place.story = number;
  place.step = Math.min(Math.max(step, 0), steps);
  if (fresh) showTimeline();
  showStep();
  history.replaceState(null, "", `#story=${place.story}&step=${place.step}`);
}
function restore() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const number = (name, otherwise) => {
    const value = Number.parseInt(wanted.get(name), 10);
    return Number.isNaN(value) ? otherwise : value;
  };
  const bad = report.stories.findIndex((story) => story.property && story.property.outcome === "Violated");
  go(number("story", Math.max(bad, 0)), number("step", Infinity));
}
// Where a fault of the model shows.
const whereOf = ({ state, read_back, action, replay }) => [
  ...(state === null ? [] : [`in state: ${state}`, ...(read_back === null ? [] : [`its code is read back as: ${read_back}`]),
    action === null ? "which is an initial state" : `after action: ${action}`]),
  `replay: ${replay}`,
];
// Where runs may stop.
const MAY_REST = {
  WhereNothingCanHappen: "a run stops only where nothing can happen any more",
  WhereNothingIsObliged: "a run may stop wherever nothing that is obliged can happen",
  Anywhere: "a run may stop in any state, for nothing is obliged to happen",
};
function showClaims() {
  at("claims").replaceChildren(...report.claims.map((claim) => {
    const never = claim.outcome === "Violated" && claim.kind === "Sometimes";
    const word = never ? "never happens" : claim.outcome.toLowerCase();
    const notes = [KINDS[claim.kind] || claim.kind];
    if (claim.steps !== null) notes.push(count(claim.steps, "step", "steps"));
    if (claim.triggered !== null) notes.push(`asked ${count(claim.triggered, "time", "times")}`);
    if (claim.vacuous) notes.push("vacuous: what it is about never happens");
    if (claim.cause) notes.push(claim.cause);
    if (claim.fault) notes.push(...whereOf(claim.fault));
    if (claim.may_rest) notes.push(MAY_REST[claim.may_rest]);
    for (const [name, strength] of claim.fairness)
      notes.push(strength === "Progress" ? `assuming progress of ${name}` : `assuming ${strength.toLowerCase()} fairness of ${name}`);
    return make("div", "claim", make("span", `outcome ${claim.outcome.toLowerCase()}`, `${MARKS[claim.outcome]} ${word}`),
      make("span", "", claim.property), make("small", "", notes.join(" · ")));
  }));
}
const reached = (touched) => touched === null ? "not told whether it is reached"
  : touched ? "reached, so more might show more" : "never reached";
function showBasis() {
  const claim = report.claims[0];
  if (!claim) return;
  const list = make("dl");
  const say = (name, ...values) => values.length && list.append(make("dt", "", name), make("dd", "", ...values));
  const bullets = (values) => make("ul", "", ...values.map((value) => make("li", "", value)));
  if (claim.model) say("model", claim.model);
  say("size", [...claim.parameters.map(([name, value]) => `${name} ${value}`)].join(", ") || "as built");
  if (claim.bounds.length) say("bounds", bullets(claim.bounds.map((bound) =>
    `${bound.name} ${bound.value}: ${reached(bound.touched)}`)));
  say("explored", `${claim.completion}: ${count(claim.states, "state", "states")}, ${count(claim.transitions, "transition", "transitions")}, depth ${claim.depth}`);
  say("certainty", claim.exact ? "exact: states were stored whole"
    : `states were stored as fingerprints; one was missed with a probability below ${claim.collision_probability.toExponential(1)}`);
  const share = ({ checked, of }) => checked >= of ? `all ${of}` : `${checked} of ${of}`;
  const { determinism, encoding, symmetry } = claim.checked;
  say("checked", [`determinism in ${share(determinism)} expanded states`, encoding && `the encoding after ${share(encoding)} steps`,
    symmetry && `symmetry in ${share(symmetry)} expanded orbits`].filter(Boolean).join(", "));
  if (claim.up_to_symmetry) say("symmetry", "one state stands for all that differ by names only");
  if (claim.assumptions.length) say("taken for granted", bullets(claim.assumptions));
  const never = claim.actions.filter((action) => action.fired === 0).map((action) => action.name);
  if (claim.actions.length) say("never happened", never.length ? bullets(never) : "nothing: every kind of step fired");
  say("made with", `Planwright ${claim.versions.planwright}, Stateright ${claim.versions.stateright}, ${claim.versions.compiler}`);
  at("basis").replaceChildren(list);
}
function showLevels() {
  const most = Math.max(...report.levels, 1), width = 1000 / Math.max(report.levels.length, 1);
  const svg = draw("svg", { class: "levels", viewBox: "0 0 1000 150", preserveAspectRatio: "none", role: "img", "aria-label": "new states at each depth" });
  report.levels.forEach((states, depth) => {
    const height = states ? Math.max((states / most) * 140, 1) : 0;
    const bar = draw("rect", { x: depth * width + width * .1, y: 149 - height, width: width * .8, height });
    const title = draw("title", {});
    title.textContent = `depth ${depth}: ${count(states, "new state", "new states")}`;
    bar.append(title);
    svg.append(bar);
  });
  svg.append(draw("line", { x1: 0, x2: 1000, y1: 149.5, y2: 149.5 }));
  const widest = report.levels.indexOf(most);
  at("levels").replaceChildren(svg);
  at("levels-text").textContent = `New states at each number of steps, 0 to ${report.levels.length - 1}; most at ${widest}: ${most.toLocaleString("en-US")}.`;
}
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const moves = {
    ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [0, -Infinity], End: [0, Infinity], PageDown: [1], PageUp: [-1],
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  if (move[0]) go(place.story + move[0], Infinity);
  else go(place.story, place.step + move[1]);
});
for (const [id, by] of [["first", -Infinity], ["back", -1], ["next", 1], ["last", Infinity]])
  at(id).addEventListener("click", () => go(place.story, place.step + by));
at("copy").addEventListener("click", () => copy(at("copy"), at("replay")));
window.addEventListener("hashchange", restore);
window.addEventListener("resize", () => report.stories.length && showStep());
showVerdict();
showStories();
showClaims();
showBasis();
showLevels();
if (report.stories.length) restore();
else document.body.classList.add("alone");
