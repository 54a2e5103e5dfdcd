/** What all charts share. Tooltips are drawn, not written as HTML: device names are others' text. */
export interface ChartStyle { ink: string; dim: string; line: string; panel: string; series: string[]; heat: string[] }

const light: ChartStyle = {
  ink: "#1a202b", dim: "#5a6475", line: "#e4e7ed", panel: "#ffffff",
  series: ["#3b5bdb", "#e8590c", "#2f9e44", "#9c36b5", "#c2255c", "#1098ad", "#f08c00", "#66a80f", "#868e96"],
  heat: ["#edf1fb", "#b6c6f5", "#f5b26b", "#d9480f", "#8f1d0b"],
};

const darkStyle: ChartStyle = {
  ink: "#e6e9ef", dim: "#99a3b3", line: "#272e39", panel: "#151a21",
  series: ["#7c93ff", "#ff9356", "#69d083", "#d18be6", "#ff7aa8", "#4cc7dc", "#ffc14d", "#a9e34b", "#9aa3ae"],
  heat: ["#1d2431", "#33477f", "#8a5a2b", "#e8772e", "#ffb98a"],
};

export const styleOf = (dark: boolean): ChartStyle => (dark ? darkStyle : light);

export function base(s: ChartStyle) {
  return {
    backgroundColor: "transparent", animation: false, color: s.series, textStyle: { fontFamily: "system-ui, sans-serif", color: s.dim },
    tooltip: { renderMode: "richText", confine: true, backgroundColor: s.panel, borderColor: s.line, textStyle: { color: s.ink, fontSize: 12 } },
    grid: { left: 8, right: 16, top: 34, bottom: 6, containLabel: true },
  };
}

export const legend = (s: ChartStyle) => ({ top: 0, left: 4, itemWidth: 12, itemHeight: 13, itemGap: 16, textStyle: { color: s.dim, fontSize: 12 }, type: "scroll", pageIconColor: s.dim, pageTextStyle: { color: s.dim } });

export const axis = (s: ChartStyle) => ({
  axisLine: { lineStyle: { color: s.line } }, axisTick: { show: false }, axisLabel: { color: s.dim, fontSize: 11, hideOverlap: true },
  splitLine: { lineStyle: { color: s.line } }, nameTextStyle: { color: s.dim, fontSize: 11 },
});
