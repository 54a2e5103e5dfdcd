interface Props { label: string; value: string; options: readonly (readonly [value: string, name: string])[]; onChange: (value: string) => void }

export function Select({ label, value, options, onChange }: Props) {
  return (
    <select class={value ? "chosen" : ""} aria-label={label} title={label} value={value} onChange={e => onChange(e.currentTarget.value)}>
      {options.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
    </select>
  );
}
