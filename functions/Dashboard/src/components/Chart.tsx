import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef } from "preact/hooks";
import { dark } from "../state/theme";

/** A chart; the library is fetched when the first one is shown. The description is what those hear who cannot see it. */
export function Chart({ option, height, description }: { option: (dark: boolean) => EChartsCoreOption; height: number; description: string }) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef(option);
  latest.current = option;
  const isDark = dark.value;
  useEffect(() => {
    let gone = false;
    void import("./echarts").then(({ create }) => {
      if (gone) return;
      chart.current = create(element.current!);
      chart.current.setOption(latest.current(dark.value));
    });
    const observer = new ResizeObserver(() => chart.current?.resize());
    observer.observe(element.current!);
    return () => { gone = true; observer.disconnect(); chart.current?.dispose(); chart.current = null; };
  }, []);
  useEffect(() => { chart.current?.setOption(option(isDark), { notMerge: true }); }, [option, isDark]);
  return <div ref={element} class="chart" role="img" aria-label={description} style={{ height: `${height}px` }} />;
}
