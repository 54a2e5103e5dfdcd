import { expect, test } from "@playwright/test";
import { ago, left, offset, quantity, ratio, score, span, words } from "../../../functions/Dashboard/src/logic/format";

test("A ratio says how the observed compares with the expected", () => {
  expect([ratio(90, 5.66), ratio(19, 0), ratio(0, 4), ratio(2, 8), ratio(5, 5.01)]).toEqual(["× 15.9", "from none", "to none", "÷ 4", "as usual"]);
});

test("Quantities carry their unit, shares as per cent", () => {
  expect([quantity(0.81, "share"), quantity(5.756, "count"), quantity(212.4, "bytes")]).toEqual(["81 %", "5.76", "212 bytes"]);
});

test("Times are told by the ward's clock", () => {
  const now = "2026-03-02T14:30:00Z";
  expect([ago("2026-03-02T14:28:30Z", now), ago(now, now), ago(null, now), left("2026-03-02T16:00:00Z", now), left("2026-03-02T14:00:00Z", now), offset("2026-03-02T14:31:00Z", now)])
    .toEqual(["1 min ago", "now", "–", "1 h left", "over", "+1 min"]);
  expect([span(59), span(7200), span(200_000)]).toEqual(["59 s", "2 h", "2 d"]);
});

test("An infinite score is written as such, and a name in words", () => {
  expect([score("Infinity"), score(null), score(12.345), words("TrueAttack")]).toEqual(["∞", "–", "12.3", "true attack"]);
});
