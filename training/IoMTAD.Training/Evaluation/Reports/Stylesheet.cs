namespace IoMTAD.Training.Evaluation.Reports;

/// <summary>How reports look: on wide and narrow screens, light and dark, and on paper. It stands in XML, so it does without
/// <c>&gt;</c> and <c>&amp;</c>.</summary>
internal static class Stylesheet
{
    public static string Text => Base + Palette.Rules + Charts + Media;

    private const string Base = """

        :root { color-scheme: light dark; --ink: light-dark(#1b2430, #e6ebf2); --dim: light-dark(#5a6573, #a3afbd); --line: light-dark(#dfe4ea, #2c3642);
          --paper: light-dark(#f6f8fa, #12171d); --card: light-dark(#fff, #1a2129); --bad: light-dark(#c2272d, #ff7b7f); --warn: light-dark(#9a5c00, #f0a732);
          --accent: light-dark(#0b67b2, #4f9fe6); --wrong: light-dark(#e06c00, #c86a10); --benign: light-dark(#8793a1, #7d8a99); }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
        body { margin: 0 auto; max-width: 1240px; padding: 28px clamp(12px, 3vw, 40px) 48px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        header { margin-bottom: 24px; }
        .brand { margin: 0; font-weight: 700; letter-spacing: .08em; font-size: 12px; color: var(--accent); }
        h1 { font-size: 28px; line-height: 1.2; margin: 2px 0 4px; overflow-wrap: anywhere; } h2 { font-size: 19px; line-height: 1.3; margin: 0 0 14px; }
        .subtitle { margin: 0; color: var(--dim); overflow-wrap: anywhere; }
        nav { display: flex; flex-wrap: wrap; gap: 4px 18px; margin-top: 14px; padding-top: 10px; border-top: 1px solid var(--line); font-size: 14px; }
        a { color: var(--accent); }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 22px 24px; margin-bottom: 20px; scroll-margin-top: 12px; }
        .note { max-width: 92ch; margin: 14px 0 0; font-size: 13.5px; color: var(--dim); }
        ul { max-width: 96ch; margin: 18px 0 0; padding-left: 20px; } li { margin: 4px 0; }
        /* The shadows at the ends show that there is more to scroll to: the covers move with the content, the shadows do not. */
        .scroll { overflow-x: auto; background: linear-gradient(to right, var(--card) 40%, transparent) 0 0 / 40px 100% no-repeat local,
          linear-gradient(to left, var(--card) 40%, transparent) 100% 0 / 40px 100% no-repeat local,
          radial-gradient(farthest-side at 0 50%, light-dark(#0003, #000a), transparent) 0 0 / 14px 100% no-repeat scroll,
          radial-gradient(farthest-side at 100% 50%, light-dark(#0003, #000a), transparent) 100% 0 / 14px 100% no-repeat scroll; }
        .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
        table + table, .scroll + .scroll, .scroll + details, details { margin-top: 22px; }
        caption { text-align: left; color: var(--dim); padding-bottom: 6px; font-size: 13px; }
        th { text-align: left; font-weight: 600; } thead th { color: var(--dim); vertical-align: bottom; line-height: 1.25; }
        th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); } tbody th, td { white-space: nowrap; }
        th.number, td.number { text-align: right; } tfoot th, tfoot td { font-weight: 700; border-bottom: 0; white-space: nowrap; }
        small { display: block; font-size: 11.5px; font-weight: 400; color: var(--dim); line-height: 1.3; }
        code { font: 12px/1.4 ui-monospace, monospace; color: var(--dim); } .digest { overflow-wrap: anywhere; }
        td.bar { background: linear-gradient(var(--accent) 0 0) left bottom -7px / var(--v) 3px no-repeat content-box border-box,
          linear-gradient(var(--line) 0 0) left bottom -7px / 100% 3px no-repeat content-box border-box; padding-bottom: 11px; min-width: 84px; }
        td.long.bar { width: 50%; min-width: 140px; padding: 7px 0; background-position: left center; background-size: var(--v) 12px, 100% 12px; }
        .few { color: var(--warn); font-weight: 600; } .unseen { color: var(--warn); font-weight: 600; } .seen { color: var(--dim); }
        .leaky { color: var(--dim); font-style: italic; --accent: var(--benign); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(196px, 1fr)); gap: 14px; margin: 0; }
        .figures div { border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; break-inside: avoid; }
        dt { font-size: 13px; color: var(--dim); font-weight: 600; } dd { margin: 0; }
        .value { font-size: 30px; font-weight: 700; line-height: 1.25; font-variant-numeric: tabular-nums; }
        .interval span { display: block; font-size: 12.5px; font-variant-numeric: tabular-nums; } .meaning { font-size: 12.5px; color: var(--dim); line-height: 1.35; margin-top: 4px; }
        .facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 20px; margin: 0 0 22px; font-size: 14px; } .facts dt { font-size: 14px; }
        summary { cursor: pointer; color: var(--accent); }
        .confusion { width: auto; font-size: 12px; } .confusion th, .confusion td { padding: 5px 7px; } .confusion td { min-width: 44px; text-align: right; border: 1px solid var(--line); }
        .confusion tbody th, .confusion thead th:first-child { position: sticky; left: 0; background: var(--card); padding-left: 0; }
        .dense { font-size: 11px; } .dense th, .dense td { padding: 5px 4px; } .dense td { min-width: 34px; }
        .answer span { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; } .confusion th.answer { text-align: center; padding: 5px 0; }
        .confusion .all { color: var(--dim); border-color: transparent; }
        .shade { background: color-mix(in srgb, var(--hue) calc(var(--v) * .62), transparent); } .right { --hue: var(--accent); } .wrong { --hue: var(--wrong); }
        td.right { box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--accent) 55%, transparent); } .heat td.right { box-shadow: none; }
        .heat { width: auto; } .heat td, .heat thead th { padding: 7px 14px; min-width: 92px; } .heat tbody th, .heat thead th:first-child { padding-left: 0; }

        """;

    private const string Charts = """
        svg { display: block; width: 100%; height: auto; overflow: visible; } svg text { font: 13px system-ui, sans-serif; fill: var(--ink); }
        svg .middle { text-anchor: middle; } svg .end { text-anchor: end; } svg .tick { fill: var(--dim); font-variant-numeric: tabular-nums; }
        svg .dim, svg .row-count { fill: var(--dim); font-size: 11.5px; } svg .axis-name { fill: var(--dim); }
        .plot { display: grid; grid-template-columns: minmax(0, 680px) minmax(230px, 1fr); gap: 16px 32px; align-items: center; } .plot.wide { display: block; }
        .key { display: inline-block; width: 28px; height: 10px; margin-right: 8px; vertical-align: middle; flex: none; }
        .line { fill: none; stroke: var(--c); stroke-width: 2.2; stroke-dasharray: var(--d); stroke-linejoin: round; }
        .grid { stroke: var(--line); } .tickmark, .base { stroke: var(--dim); } .chance { fill: none; stroke: var(--dim); stroke-dasharray: 1 4; stroke-width: 1.4; }
        .limit { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 5 4; } svg .limit-name { fill: var(--bad); font-size: 12px; }
        .void { fill: var(--line); opacity: .55; }
        .legend { list-style: none; margin: 0; padding: 0; font-size: 13.5px; } .legend li { display: flex; align-items: center; gap: 2px; margin: 0; padding: 2px 0; }
        .legend b { margin-left: auto; padding-left: 16px; font-variant-numeric: tabular-nums; } .legend.row { display: flex; flex-wrap: wrap; gap: 4px 22px; margin-bottom: 12px; }
        .swatch { width: 14px; height: 14px; border-radius: 3px; background: var(--c); margin-right: 6px; }
        .scores { min-width: 640px; } .hit { fill: transparent; } svg .row-name { font-weight: 600; } svg .row-share { font-variant-numeric: tabular-nums; }
        .behind { fill: var(--benign); opacity: .32; } .benign { fill: var(--benign); opacity: .8; }
        .ridge { fill: color-mix(in srgb, var(--c) 62%, transparent); stroke: var(--c); stroke-width: 1; stroke-linejoin: round; }
        .column { fill: var(--c); } svg .value { font-size: 11px; font-variant-numeric: tabular-nums; }
        svg.strip { margin: 4px 0; } .track { fill: var(--line); } .range { fill: color-mix(in srgb, var(--accent) 55%, transparent); } .mark { fill: var(--accent); }
        .asked { stroke: var(--bad); stroke-width: 2; }

        """;

    private const string Media = """
        @media screen and (max-width: 760px) { section { padding: 16px 14px; } h1 { font-size: 23px; } .plot { grid-template-columns: minmax(0, 1fr); } .facts { grid-template-columns: 1fr; gap: 0; }
          .facts dd { margin-bottom: 8px; } .roc text { font-size: 19px; } .roc .limit-name, .roc .axis-name { font-size: 17px; } .figures { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; }
          .value { font-size: 25px; } table { font-size: 12.5px; } th, td { padding-right: 10px; } }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        @page { size: A4; margin: 14mm 13mm; }
        @media print { :root { color-scheme: light; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          body { padding: 0; max-width: none; background: none; font-size: 10.5pt; } nav { display: none; } header { margin-bottom: 12px; }
          section { border: 0; padding: 0; margin: 0; break-before: page; } main section:first-child { break-before: auto; } h2, caption, summary { break-after: avoid; }
          tr, svg, .note { break-inside: avoid; } thead { display: table-header-group; } tfoot { display: table-row-group; } .scroll { overflow: visible; background: none; }
          table { font-size: 8.5pt; } small { font-size: 7.5pt; } th, td { padding-right: 8px; } td.bar { min-width: 0; } .scores, .bars { min-width: 0 !important; }
          .confusion { font-size: 6.8pt; } .confusion td { min-width: 26px; } .confusion th, .confusion td { padding: 3px; } .confusion tbody th { position: static; }
          .plot { grid-template-columns: minmax(0, 1fr); } .legend { columns: 2; column-gap: 32px; } details::details-content { content-visibility: visible; block-size: auto; }
          .figures { grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; } .figures div { padding: 8px; } .value { font-size: 18pt; } .meaning, .interval span, dt { font-size: 8pt; }
          summary { color: inherit; list-style: none; } }

        """;
}
