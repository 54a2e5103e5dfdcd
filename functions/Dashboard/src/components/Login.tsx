import { useState } from "preact/hooks";
import { key, unlock } from "../api/client";

export function Login() {
  const [value, setValue] = useState("");
  return (
    <form class="login card" onSubmit={event => { event.preventDefault(); unlock(value.trim()); }}>
      <h1>IoMTAD</h1>
      <p>{key.value ? "Nobody has this key." : "This host asks for an API key."} An administrator makes one with <code>iomtad keys add</code>.</p>
      <label>API key <input type="password" autocomplete="off" required value={value} onInput={e => setValue(e.currentTarget.value)} autofocus /></label>
      <p class="dim">It is kept in this tab until you close it.</p>
      <button class="primary" type="submit">Sign in</button>
    </form>
  );
}
