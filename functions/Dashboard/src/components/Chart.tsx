import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { useEffect, useRef } from "preact/hooks";
import { dark } from "../theme";

/** A chart; the library is fetched when the first one is shown. The description is what those hear who cannot see it. */
export function Chart({ option, height, description }: { option: EChartsCoreOption; height: number; description: string }) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef(option);
  latest.current = option;
  useEffect(() => {
    let gone = false;
    void import("../charts").then(({ create }) => {
      if (gone) return;
      chart.current = create(element.current!, dark.value);
      chart.current.setOption(latest.current);
    });
    const observer = new ResizeObserver(() => chart.current?.resize());
    observer.observe(element.current!);
    return () => { gone = true; observer.disconnect(); chart.current?.dispose(); chart.current = null; };
  }, [dark.value]);
  useEffect(() => { chart.current?.setOption(option, { notMerge: true }); }, [option]);
  return <div ref={element} role="img" aria-label={description} style={{ height: `${height}px` }} />;
}
