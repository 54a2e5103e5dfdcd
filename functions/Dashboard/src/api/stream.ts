import { bearer, key, locked } from "./client";
import { cutEvents, parseEvent, type Message } from "./sse";

const firstWait = 1000;
const longestWait = 15_000;
/** The host speaks every 15 s at least: a line that is silent for longer than this is dead, whatever the network says. */
const longestSilence = 45_000;

/**
 * Reads the host's server-sent events until it is aborted, and connects again when the stream breaks. By fetch, since an EventSource cannot
 * carry a key.
 */
export async function follow(onMessage: (message: Message) => void, onState: (live: boolean) => void, abort: AbortSignal): Promise<void> {
  for (let wait = firstWait; !abort.aborted; wait = Math.min(wait * 2, longestWait)) {
    try {
      const response = await fetch("/api/v1/stream", { headers: { Accept: "text/event-stream", ...bearer(key.value) }, signal: abort });
      if (response.status === 401) locked.value = true;
      if (response.ok && response.body) {
        wait = firstWait;
        onState(true);
        await read(response.body, onMessage);
      }
    } catch {
      // The host is gone, or the network is: we come back.
    }
    if (abort.aborted) return;
    onState(false);
    if (locked.value) return;
    await pause(wait, abort);
  }
}

async function read(body: ReadableStream<Uint8Array>, onMessage: (message: Message) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (let rest = ""; ;) {
    const silence = setTimeout(() => void reader.cancel(), longestSilence);
    const { value, done } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    const cut = cutEvents(rest + decoder.decode(value, { stream: true }));
    rest = cut.rest;
    for (const block of cut.blocks) {
      const message = parseEvent(block);
      if (message) onMessage(message);
    }
  }
}

/** Ends early when the network is there again. */
function pause(milliseconds: number, abort: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => { clearTimeout(timer); removeEventListener("online", end); resolve(); };
    const timer = setTimeout(end, milliseconds);
    addEventListener("online", end);
    abort.addEventListener("abort", end, { once: true });
  });
}
