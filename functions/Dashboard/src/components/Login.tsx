import { useState } from "preact/hooks";
import { Problem, reason, unlock } from "../api/client";
import { Failure } from "./Status";

/** Asks for an API key, where the host does. */
export function Login() {
  const [value, setValue] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = async () => {
    try {
      await unlock(value.trim());
    } catch (failure) {
      setError(failure instanceof Problem && failure.status === 401 ? "The host does not take this key." : reason(failure));
    }
  };
  return (
    <main class="login">
      <form class="panel" onSubmit={event => { event.preventDefault(); void submit(); }}>
        <h1><img src="./icon.svg" alt="" width="28" height="28" /> IoMTAD</h1>
        <p class="dim">This host asks for an API key. Whoever runs it can give you one.</p>
        <label class="field">API key<input type="password" autocomplete="off" required value={value} onInput={e => setValue(e.currentTarget.value)} autofocus /></label>
        {error && <Failure text={error} />}
        <button class="primary" type="submit">Sign in</button>
        <p class="dim small">The key is kept in this tab until it is closed.</p>
      </form>
    </main>
  );
}
