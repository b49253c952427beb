// Draws the figures of the page with Observable Plot; the same numbers stand below each as a table.
(() => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const accent = colour("--accent");
  const PALETTES = {
    two: dark ? ["#e3a35c", "#7fa8dc"] : ["#c9741a", "#1d4f8c"],
    many: dark
      ? ["#7fa8dc", "#e3a35c", "#7cc7a5", "#c39be8", "#e58a8a", "#b9b16a", "#9aa3ad", "#6fc3cf"]
      : ["#1d4f8c", "#c9741a", "#2b8a66", "#7a4bb5", "#b23b3b", "#8a7f1f", "#68717c", "#15818f"],
  };
  const french = new Intl.NumberFormat("fr-FR");
  const count = (n) => `${french.format(n)}\u00a0citation${n < 2 ? "" : "s"}`;
  const percent = (n) => `${Math.round(n * 100)}\u202f%`;
  const months = new Intl.DateTimeFormat("fr-FR", { month: "short", year: "numeric", timeZone: "UTC" });
  const common = (width) => ({ width, style: { background: "none", color: "currentColor", fontFamily: "inherit", fontSize: "13px", overflow: "visible" } });
  const tip = { fill: colour("--card"), stroke: colour("--line") };
  const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

  const draw = {
    timeline(chart, width) {
      const byYear = chart.unit === "années";
      const few = byYear || chart.data.length <= 24;
      const data = chart.data.map((d) => ({ ...d, x: byYear ? +d.x : few ? d.x : new Date(d.x) }));
      const wide = Math.min(width, 90 + data.length * 70);
      const every = Math.ceil((data.length * (byYear ? 44 : 78)) / wide);
      const title = (d) => `${d.label}\n${count(d.y)}`;
      return Plot.plot({
        ...common(wide), height: 190, marginLeft: 48, marginBottom: 28,
        x: few
          ? { type: "band", label: null, tickSize: 0, tickFormat: (x, i) => (i % every ? "" : byYear ? `${x}` : months.format(new Date(x))), padding: 0.15 }
          : { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 130)), tickFormat: (d) => months.format(d) },
        y: { label: null, grid: true, ticks: 4, tickFormat: (n) => (Number.isInteger(n) ? french.format(n) : "") },
        marks: [
          few
            ? Plot.barY(data, { x: "x", y: "y", fill: accent, title, tip })
            : Plot.rectY(data, { x: "x", y: "y", interval: "month", fill: accent, title, tip, insetLeft: 0.5, insetRight: 0.5 }),
          Plot.ruleY([0], { stroke: "currentColor", strokeOpacity: 0.4 }),
        ],
      });
    },
    ranking(chart, width) {
      const left = Math.min(190, width * 0.42);
      return Plot.plot({
        ...common(width), height: chart.data.length * 24 + 12, marginLeft: left, marginRight: 56, marginTop: 4, marginBottom: 4,
        x: { axis: null },
        y: { label: null, domain: chart.data.map((d) => d.label), tickSize: 0, tickFormat: (t) => cut(t, Math.floor(left / 7.2)), padding: 0.25 },
        marks: [
          Plot.barX(chart.data, { x: "y", y: "label", fill: accent, rx: 2, title: (d) => `${d.label}\n${count(d.y)}`, tip }),
          Plot.text(chart.data, { x: "y", y: "label", text: (d) => french.format(d.y), textAnchor: "start", dx: 5, fill: "currentColor" }),
        ],
      });
    },
    shares(chart, width) {
      const left = Math.min(190, width * 0.42);
      const names = [...new Set(chart.data.map((d) => d.label))];
      return Plot.plot({
        ...common(width), height: names.length * 26 + 40, marginLeft: left, marginTop: 4, marginBottom: 28, marginRight: 20,
        x: { label: null, ticks: 4, tickFormat: percent, domain: [0, 1] },
        y: { label: null, domain: names, tickSize: 0, tickFormat: (t) => cut(t, Math.floor(left / 7.2)), padding: 0.25 },
        color: { domain: chart.parts, range: PALETTES[chart.palette], legend: true },
        marks: [
          Plot.barX(chart.data, { x: "y", y: "label", fill: "part", order: chart.parts, insetLeft: 0.5, insetRight: 0.5, title: (d) => `${d.label}, ${d.part}\n${count(d.number)}, ${percent(d.y)}`, tip }),
          ...(chart.palette === "two" ? [Plot.ruleX([0.5], { stroke: "currentColor", strokeDasharray: "3,3" })] : []),
        ],
      });
    },
    curves(chart, width) {
      const names = [...new Set(chart.data.map((d) => d.label))];
      const years = chart.data.map((d) => +d.x);
      const first = Math.min(...years), last = Math.max(...years);
      const known = new Map(chart.data.map((d) => [`${d.label}\n${d.x}`, d]));
      const data = names.flatMap((label) => Array.from({ length: last - first + 1 }, (_, i) => ({ label, x: first + i, ...(known.get(`${label}\n${first + i}`) || { y: 0, number: 0 }), x: first + i })));
      const left = Math.min(190, width * 0.42);
      return Plot.plot({
        ...common(width), height: names.length * 36 + 40, marginLeft: left, marginTop: 6, marginBottom: 28, marginRight: 20,
        x: { label: null, tickFormat: (y) => ((y - first) % Math.ceil(((last - first + 1) * 48) / (width - left)) ? "" : `${y}`), type: "point", domain: Array.from({ length: last - first + 1 }, (_, i) => first + i) },
        fy: { label: null, domain: names, axis: null, padding: 0.15 },
        y: { axis: null },
        marks: [
          Plot.areaY(data, { x: "x", y: "y", fy: "label", fill: accent, fillOpacity: 0.25, curve: "monotone-x" }),
          Plot.lineY(data, { x: "x", y: "y", fy: "label", stroke: accent, curve: "monotone-x" }),
          Plot.dot(data, { x: "x", y: "y", fy: "label", r: 2, fill: accent, title: (d) => `${d.label}, ${d.x}\n${count(d.number)}, ${(d.y * 100).toLocaleString("fr-FR", { maximumFractionDigits: 1 })}\u202f%`, tip }),
          Plot.text(names, { fy: (d) => d, text: (d) => cut(d, Math.floor(left / 7.2)), frameAnchor: "left", dx: -10, textAnchor: "end", fill: "currentColor" }),
        ],
      });
    },
  };

  function render(figure) {
    const canvas = figure.querySelector(".canvas");
    const chart = JSON.parse(figure.querySelector("script").textContent);
    const width = Math.round(canvas.clientWidth);
    if (width && canvas.dataset.width !== String(width)) {
      canvas.dataset.width = String(width);
      canvas.replaceChildren(draw[chart.type](chart, width));
    }
  }
  const figures = [...document.querySelectorAll("figure[data-plot]")];
  figures.forEach(render);
  let waiting;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(() => figures.forEach(render), 200); });
})();
