// Sliders that send where they stand while they are dragged. At most two messages are on their way at a time, so
// that one is being run while the other is being drawn; the newest places win. Python answers by number.

const MOST = 2; // messages on their way
const GIVE_UP = 2000; // ms without an answer until the next message goes out anyway
const REST = 250; // ms without a move until the hand counts as resting
const kept = new WeakMap();

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".dials");
  if (!kept.has(root)) {
    kept.set(root, { root, number: data.heard, heard: data.heard, changed: false, held: null, rests: true });
  }
  const state = kept.get(root);
  state.send = setStateValue;
  const { values, ...form } = split(data.dials);
  if (state.form !== JSON.stringify(form)) {
    state.form = JSON.stringify(form);
    state.inputs = build(root, data.dials, state);
  }
  state.heard = Math.max(state.heard, data.heard);
  if (state.changed) send(state);
  else if (state.heard === state.number) adopt(state, values); // nothing newer is on its way
}

// What is drawn once apart from where the dials stand.
function split(dials) {
  return {
    values: Object.fromEntries(dials.map((dial) => [dial.id, dial.value])),
    drawn: dials.map(({ value, ...rest }) => rest),
  };
}

// Python may have moved the dials: all but the one that is being held follow.
function adopt(state, values) {
  for (const [id, input] of Object.entries(state.inputs)) {
    if (input !== state.held && input.valueAsNumber !== values[id]) say(input, values[id]);
  }
}

function send(state) {
  if (state.number - state.heard >= MOST) return;
  state.changed = false;
  state.number += 1;
  const values = Object.fromEntries(
    Object.entries(state.inputs).map(([id, input]) => [id, input.valueAsNumber]),
  );
  state.send("moved", { number: state.number, values, rest: state.rests });
  clearTimeout(state.patience);
  state.patience = setTimeout(() => {
    state.heard = state.number;
    if (state.changed) send(state);
  }, GIVE_UP);
}

function move(state) {
  state.rests = false;
  state.changed = true;
  send(state);
  settle(state);
}

// Once nothing has moved for a while and nothing is held, one last message says so.
function settle(state) {
  clearTimeout(state.quiet);
  state.quiet = setTimeout(() => {
    if (state.held || state.rests || !state.root.isConnected) return;
    state.rests = true;
    state.changed = true;
    send(state);
  }, REST);
}

function build(root, dials, state) {
  const inputs = {};
  let group = null;
  root.replaceChildren();
  dials.forEach((dial, place) => {
    if (dial.group !== group) root.append(element("h2", { textContent: (group = dial.group) }));
    const input = element("input", {
      type: "range", id: `dial-${place}`, min: 0, max: 100, step: dial.step, value: dial.value,
    });
    const said = element("output", { htmlFor: input.id });
    const label = element("label", { htmlFor: input.id, textContent: dial.label });
    const ask = question(`What “${dial.label}” means`, dial.help, `note-${place}`);
    if (dial.help) input.setAttribute("aria-describedby", `note-${place}`);
    root.append(element("div", { className: "dial" }, label, ...ask, said, input));
    input.oninput = () => { say(input, input.valueAsNumber); move(state); };
    input.onpointerdown = () => { state.held = input; };
    input.onpointerup = input.onpointercancel = () => { state.held = null; settle(state); };
    inputs[dial.id] = input;
    say(input, dial.value);
  });
  return inputs;
}

function say(input, value) {
  input.value = value;
  const text = `${input.valueAsNumber}%`;
  input.setAttribute("aria-valuetext", text);
  input.style.setProperty("--share", text);
  input.parentElement.querySelector("output").textContent = text;
}
