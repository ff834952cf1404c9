// Reading a chart at any month: by pointer, by touch, and by keyboard as a slider along the months.

function listen(chart, panel) {
  const { reader } = panel;
  const go = (month) => {
    chart.cursor = month === null ? null : Math.min(Math.max(Math.round(month), 0), chart.months);
    chart.active = panel;
    chart.panels.forEach((each) => point(chart, each));
  };
  reader.onpointermove = reader.onpointerdown = (event) => {
    const { left, right } = panel.frame;
    const along = event.clientX - panel.plot.getBoundingClientRect().left - left;
    go((along / (right - left)) * chart.months);
  };
  reader.onpointerleave = () => { if (!reader.matches(":focus-visible")) go(null); };
  reader.onfocus = () => { if (reader.matches(":focus-visible")) go(chart.cursor ?? 0); };
  reader.onblur = () => go(null);
  reader.onkeydown = (event) => {
    const now = chart.cursor ?? 0;
    const to = {
      ArrowRight: now + 1, ArrowUp: now + 1, ArrowLeft: now - 1, ArrowDown: now - 1,
      PageUp: now + 12, PageDown: now - 12, Home: 0, End: chart.months, Escape: null,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
}

// The upright line at the cursor's month and a dot on each curve; the panel being read also says the words.
function point(chart, panel) {
  const { cursor, reader, told, frame, lines } = panel;
  const month = chart.cursor;
  const shown = month ?? 0;
  reader.setAttribute("aria-valuemax", chart.months);
  reader.setAttribute("aria-valuenow", shown);
  const words = reading(chart, panel, shown);
  reader.setAttribute("aria-valuetext", `${when(shown)}: ${words.map((pair) => pair.join(", ")).join("; ")}`);
  told.hidden = month === null || chart.active !== panel;
  if (month === null || !frame) return cursor.replaceChildren();
  const at = frame.x(month);
  cursor.setAttribute("width", chart.width);
  cursor.replaceChildren(
    svg("path", { d: `M${at},${ROOM.top}V${frame.low}` }),
    ...lines.map((line, k) => {
      const { colour } = chart.data.lines[k];
      return svg("circle", { cx: at, cy: frame.y(line[month]), r: 4, fill: colour });
    }),
  );
  if (told.hidden) return;
  const rows = words.map(([name, word]) =>
    element("div", {}, element("span", { textContent: name }), element("b", { textContent: word })));
  told.replaceChildren(element("strong", { textContent: when(month) }), ...rows);
  const wide = told.offsetWidth;
  const beside = at < chart.width / 2 ? Math.min(at + 14, chart.width - wide) : at - 14 - wide;
  told.style.left = `${Math.max(beside, 0)}px`;
}

function reading(chart, panel, month) {
  const { lines, figures, against } = chart.data;
  const apart = against !== null;
  return panel.lines.map((line, k) => {
    const word = apart ? distance(chart, line[month]) : level(chart, line[month]);
    return [lines[k].name, figures ? `${word} (${number(line[month], apart)})` : word];
  });
}

function level(chart, value) {
  const { scale } = chart.data;
  return scale[Math.min(Math.max(Math.floor(value * (scale.length - 1) + 0.5), 0), scale.length - 1)][1];
}

function distance(chart, value) {
  const { same, amounts } = chart.data;
  if (Math.abs(value) < same) return "about the same";
  return `${amounts.find(([below]) => Math.abs(value) < below)[1]} ${value > 0 ? "higher" : "lower"}`;
}

function number(value, signed) {
  const rounded = (Math.round(value * 20) / 20).toFixed(2);
  return signed && value >= 0.025 ? `+${rounded}` : rounded.replace(/^-0\.00$/, "0.00").replace("-", "−");
}

function when(month) {
  const years = Math.floor(month / 12);
  const count = (much, what) => (much ? [`${much} ${what}${much > 1 ? "s" : ""}`] : []);
  return [...count(years, "year"), ...count(month % 12, "month")].join(" ") || "The start";
}
