import { expect, test } from "@playwright/test";
import { cutEvents, parseEvent } from "../../../functions/Dashboard/src/api/sse";

test("An event cut in two by the network is put together again", () => {
  const first = cutEvents("event: overview\ndata: {\"a\"");
  const second = cutEvents(`${first.rest}:1}\n\n: beat\n\nevent: x\ndata: 2`);
  expect(first.blocks).toEqual([]);
  expect(second.blocks.map(parseEvent)).toEqual([{ type: "overview", data: { a: 1 } }, null]);
  expect(second.rest).toBe("event: x\ndata: 2");
});

test("Data of many lines are one value", () => {
  expect(parseEvent("data: {\ndata: \"a\": 1}")).toEqual({ type: "message", data: { a: 1 } });
});
