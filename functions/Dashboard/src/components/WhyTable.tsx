import type { IncidentDetail } from "../api/types";
import { quantity } from "../format";
import { Empty } from "./Status";

/** What was seen against what is normal for the device, by how much each feature counted. */
export function WhyTable({ detail }: { detail: IncidentDetail }) {
  return (
    <section class="card">
      <h2>Why</h2>
      {detail.why.length === 0 ? <Empty>{detail.incident.kind === "Silence" ? "The device stopped talking: no feature has a part in it." : "No feature stood out."}</Empty> : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Why">
          <table class="why">
            <thead><tr><th>what</th><th class="number">observed</th><th class="number">normally</th><th>part</th></tr></thead>
            <tbody>{detail.why.map(f => (
              <tr key={f.name}>
                <td title={f.name}>{f.label}</td><td class="number strong">{quantity(f.observed, f.unit)}</td><td class="number">{quantity(f.expected, f.unit)}</td>
                <td><svg class="bar over" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`${Math.round(100 * f.contribution)} %`}>
                  <rect class="track" width="100" height="8" /><rect class="fill" width={Math.max(1, Math.min(100, 100 * f.contribution))} height="8" /></svg></td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
