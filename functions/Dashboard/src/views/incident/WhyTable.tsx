import type { IncidentDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Share } from "../../components/Share";
import { Empty } from "../../components/Status";
import { percent, quantity, ratio } from "../../logic/format";

/** What was seen against what is normal for the device, and how much of the strangeness each feature makes up. */
export function WhyTable({ detail }: { detail: IncidentDetail }) {
  if (!detail.why.length) {
    return <Panel title="Why">{{
      Silence: <Empty icon="mute" title="The device stopped talking">No traffic means no feature to explain.</Empty>,
      SkippedTraffic: <Empty title="Records of the stream were passed over">Nobody has scored them: what they held is not known.</Empty>,
      Behaviour: <Empty title="No feature stood out" />,
    }[detail.incident.kind]}</Panel>;
  }
  return (
    <Panel title="Why" count="observed against what is normal for this device">
      <table class="grid why">
        <thead><tr><th>Feature</th><th class="right">Observed</th><th class="right">Normal</th><th class="right">Change</th><th>Share of the strangeness</th></tr></thead>
        <tbody>{detail.why.map(f => (
          <tr key={f.name}>
            <td title={f.name}>{f.label}</td>
            <td class="right strong" data-label="observed">{quantity(f.observed, f.unit)}</td>
            <td class="right" data-label="normal">{quantity(f.expected, f.unit)}</td>
            <td class="right dim" data-label="change">{ratio(f.observed, f.expected)}</td>
            <td class="part"><span class="score"><Share share={f.contribution} tone="over" /><span class="value">{percent(f.contribution)}</span></span></td>
          </tr>
        ))}</tbody>
      </table>
    </Panel>
  );
}
