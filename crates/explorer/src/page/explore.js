// Walks through a model. A place is a replay line and a number of steps, and is in the address.
const place = { path: "", step: 0 };
let about = { title: "", replay_command: "", path: "0" };
let view = null;
let asked = 0;

async function ask(what, query) {
  const answer = await fetch(`${what}?${new URLSearchParams(query)}`);
  const told = JSON.parse(await answer.text(), shown);
  if (!answer.ok) throw new Error(told.error);
  return told;
}
function say(error) {
  at("error").hidden = !error;
  at("error").textContent = error ? `${error}` : "";
}
// The first steps of a replay line.
const upTo = (path, steps) => path.split("/").slice(0, steps + 1).join("/");
const address = () => `#path=${place.path}&step=${place.step}`;

// Shows a place. What was asked for later wins.
async function show(path, step, isNew) {
  const number = ++asked;
  try {
    const seen = await ask("view", { path, step });
    if (number !== asked) return;
    view = seen;
    [place.path, place.step] = [path, seen.step];
    if (isNew) history.pushState(null, "", address());
    else history.replaceState(null, "", address());
    say("");
    showAll();
  } catch (error) {
    if (number === asked) say(error.message);
  }
}
const walk = (step) => show(place.path, Math.min(Math.max(step, 0), view.story.steps.length), true);
const take = (choice) => show(`${upTo(place.path, place.step)}/${choice.ordinal}`, place.step + 1, true);

function choiceRow(choice, index) {
  const item = row({ ...view.story, aftermath: null }, choice.step, index, () => take(choice));
  const said = item.querySelector(".said b").parentElement;
  const tags = choice.violates.map((name) => make("span", "tag damage", `✗ breaks “${name}”`));
  if (choice.back_to !== null) tags.push(make("span", "tag need", choice.back_to === place.step ? "changes nothing"
    : choice.back_to ? `back to step ${choice.back_to}` : "back to the start"));
  said.insertBefore(make("span", "", ...tags), said.querySelector("small"));
  return item;
}
function showWalk() {
  const story = view.story;
  showHeads(story);
  at("steps").replaceChildren(...story.steps.map((step, index) => row(story, step, index, walk)));
  markStep(place.step);
  at("starts").hidden = view.initial_states < 2;
  at("start").replaceChildren(...Array.from({ length: view.initial_states }, (_, number) => {
    const option = make("option", "", `${number + 1} of ${view.initial_states}`);
    option.value = String(number);
    return option;
  }));
  at("start").value = upTo(place.path, 0);
  at("choices").replaceChildren(...view.choices.map(choiceRow));
  at("stuck").hidden = view.choices.length > 0;
  at("refused").hidden = !view.refusals.length;
  at("refusals").replaceChildren(...view.refusals.map((refusal) =>
    make("li", "", make("b", "", refusal.actor), ` ${refusal.deed}`, make("small", "", refusal.reason))));
}
// How a property reads here: a sign, a class and a few words.
function reading({ kind, value }) {
  const words = KINDS[kind] || kind;
  if (value === null) return ["·", "", `${words}; no step yet`];
  if (["Always", "AlwaysImplies", "AlwaysStep", "NoDeadlock"].includes(kind))
    return value ? ["✓", "good", `${words}; true here`] : ["✗", "bad", `${words}; false here`];
  return value ? ["✓", "", `${words}; the case here`] : ["·", "", `${words}; not the case here`];
}
function showReadings() {
  at("readings").replaceChildren(...view.readings.map((one) => {
    const [sign, kind, words] = reading(one);
    const item = make("li", kind, make("span", `sign ${kind}`, sign), make("span", "name", one.property, make("small", "", words)));
    if (["Always", "AlwaysImplies", "AlwaysStep", "NoDeadlock", "Sometimes"].includes(one.kind)) {
      const isGoal = one.kind === "Sometimes";
      const button = make("button", "", isGoal ? "Nearest witness" : "Nearest violation");
      button.type = "button";
      button.setAttribute("aria-label", `${button.textContent}: ${one.property}`);
      button.addEventListener("click", () => jump(one.property, isGoal));
      item.append(button);
    }
    return item;
  }));
}
async function jump(property, isGoal) {
  const what = isGoal ? "nothing like it" : "no violation of it";
  const told = (text, bad) => {
    at("found").textContent = text;
    at("found").classList.toggle("bad", Boolean(bad));
  };
  const [from, steps] = [upTo(place.path, place.step), place.step];
  told(`Looking for “${property}” …`);
  try {
    const nearest = await ask("nearest", { path: from, property });
    if (nearest.path) {
      const more = nearest.path.split("/").length - 1 - steps;
      if (more) await show(nearest.path, steps + more, true);
      const word = isGoal ? "“" + property + "” is the case" : "“" + property + "” is violated";
      told(more ? `In ${count(more, "more step", "more steps")}, and no fewer, ${word}.` : `Right here ${word}.`, !isGoal);
    } else if (nearest.none) {
      told(`From here on there is ${what}: ${count(nearest.none, "state follows", "states follow")}, counting this one, and all were looked at.`);
    } else {
      told(`Undecided: ${nearest.undecided}. There is ${what} within ${count(nearest.depth, "step", "steps")}; ` +
        `${count(nearest.states, "state was", "states were")} looked at.`);
    }
  } catch (error) {
    told(error.message, true);
  }
}
function showAll() {
  const story = view.story, step = place.step ? story.steps[place.step - 1] : null;
  at("found").textContent = "";
  showWalk();
  at("place").textContent = place.step ? `step ${place.step} of ${story.steps.length}` : "at the start";
  at("deed").textContent = step ? `${story.lanes[step.lane]} ${step.deed}` : "Before the first step";
  showRemarks(step ? step.remarks : []);
  showPicture(step ? step.picture : story.start, step ? step.changes : []);
  showReadings();
  at("first").disabled = at("back").disabled = place.step === 0;
  at("next").disabled = at("last").disabled = place.step === story.steps.length;
  at("replay").textContent = `${about.replay_command} ${upTo(place.path, place.step)}`.trim();
  at("link").textContent = location.href;
}
function restore() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const path = wanted.get("path") || about.path;
  const step = Number.parseInt(wanted.get("step"), 10);
  return show(path, Number.isNaN(step) ? path.split("/").length - 1 : step, false);
}
document.addEventListener("keydown", (event) => {
  if (!view || event.altKey || event.ctrlKey || event.metaKey || event.target.tagName === "SELECT") return;
  const moves = { ArrowRight: place.step + 1, ArrowLeft: place.step - 1, Home: 0, End: Infinity };
  if (event.key in moves) {
    event.preventDefault();
    walk(moves[event.key]);
  } else if (/^[1-9]$/.test(event.key) && view.choices[event.key - 1]) {
    event.preventDefault();
    take(view.choices[event.key - 1]);
  }
});
for (const [id, to] of [["first", () => 0], ["back", () => place.step - 1], ["next", () => place.step + 1], ["last", () => Infinity]])
  at(id).addEventListener("click", () => walk(to()));
at("start").addEventListener("change", () => show(at("start").value, 0, true));
at("copy").addEventListener("click", () => copy(at("copy"), at("replay")));
at("share").addEventListener("click", () => copy(at("share"), at("link")));
window.addEventListener("popstate", restore);
window.addEventListener("resize", () => view && showAll());
(async () => {
  try {
    about = await ask("about", {});
    at("title").textContent = about.title;
    document.title = `Explorer – ${about.title}`;
    await restore();
  } catch (error) {
    say(error.message);
  }
})();
