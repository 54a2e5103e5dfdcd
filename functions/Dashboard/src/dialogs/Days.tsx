const longest = 90;

export const isDays = (days: number): boolean => days >= 1 && days <= longest;

export function Days({ value, onInput }: { value: number; onInput: (days: number) => void }) {
  return (
    <label class="inline">Holds for <input type="number" min={1} max={longest} required value={Number.isNaN(value) ? "" : value} onInput={e => onInput(e.currentTarget.valueAsNumber)} /> days,
      and can be revoked at any time.</label>
  );
}
