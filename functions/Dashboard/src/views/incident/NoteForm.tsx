import { useState } from "preact/hooks";
import type { Incident } from "../../api/types";
import { actOn } from "../../state/acts";

export function NoteForm({ incident, done }: { incident: Incident; done: (act: Promise<Incident | null>) => Promise<void> }) {
  const [text, setText] = useState("");
  const send = async () => {
    const act = actOn(incident, "notes", { text: text.trim() }, "Your note is added.");
    // What was written stays where it was not taken.
    if (await act) setText("");
    await done(act);
  };
  return (
    <form class="note" onSubmit={e => { e.preventDefault(); void send(); }}>
      <textarea aria-label="Note" rows={2} maxLength={4000} value={text} onInput={e => setText(e.currentTarget.value)} placeholder="Write what you found. No patient's name belongs here." />
      <button type="submit" disabled={!text.trim()}>Add note</button>
    </form>
  );
}
