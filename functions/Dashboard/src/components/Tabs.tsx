interface Props { label: string; value: string; tabs: readonly { value: string; name: string; count?: number; bad?: boolean }[]; onChange: (value: string) => void }

/** One of a few, as buttons in a row. */
export function Tabs({ label, value, tabs, onChange }: Props) {
  return (
    <div class="tabs" role="group" aria-label={label}>
      {tabs.map(t => (
        <button key={t.value} type="button" aria-pressed={t.value === value} onClick={() => onChange(t.value)}>
          {t.name}{t.count !== undefined && t.count > 0 && <span class={t.bad ? "count bad" : "count"}>{t.count.toLocaleString("en")}</span>}
        </button>
      ))}
    </div>
  );
}
