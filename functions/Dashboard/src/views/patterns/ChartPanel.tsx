import type { EChartsCoreOption } from "echarts/core";
import { Chart } from "../../components/Chart";
import { Panel } from "../../components/Panel";
import { Empty, Loading } from "../../components/Status";

interface Props<T> {
  title: string; note: string; rows: readonly T[] | null; height: number; option: (dark: boolean) => EChartsCoreOption; describe: (rows: readonly T[]) => string; wide?: boolean;
}

/** A chart, or why there is none, in the same place. */
export function ChartPanel<T>({ title, note, rows, height, option, describe, wide = false }: Props<T>) {
  return (
    <Panel title={title} count={note} class={wide ? "wide" : ""}>
      <div class="plot" style={{ height: `${height}px` }}>
        {rows === null ? <Loading lines={5} /> : rows.length === 0 ? <Empty title="Nothing was strange in this time" /> : <Chart option={option} height={height} description={describe(rows)} />}
      </div>
    </Panel>
  );
}
