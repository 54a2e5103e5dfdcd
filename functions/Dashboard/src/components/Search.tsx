import { Icon } from "./Icon";

/** Where `/` leads. */
export function Search({ label, value, onInput }: { label: string; value: string; onInput: (value: string) => void }) {
  return (
    <label class="search">
      <Icon name="search" size={14} />
      <input data-search type="search" placeholder={label} aria-label={label} value={value} onInput={e => onInput(e.currentTarget.value)} />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}
