/** Line drawings on a grid of 16 × 16, in the colour of the text around them. */
const paths = {
  ward: "M1.5 8.5h3l1.6-4 3 8 1.9-5.5.8 1.5h2.7",
  incidents: "M8 2.2 14.4 13.3H1.6Z M8 6.3v3.2 M8 11.4v.1",
  patterns: "M2.5 13.5v-5 M6.2 13.5v-9 M9.8 13.5v-6.5 M13.5 13.5v-11",
  suppressions: "M4.2 11.2V7.4a3.8 3.8 0 0 1 6-3.1 M11.8 6.6v4.6l1.2 1H4.4 M6.6 14h2.8 M2 2l12 12",
  models: "M8 1.8 14 5 8 8.2 2 5Z M2 8l6 3.2L14 8 M2 11l6 3.2 6-3.2",
  notifications: "M14 2 7.2 8.8 M14 2 9.8 14l-2.6-5.2L2 6.2Z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Z M10.6 10.6 14 14",
  check: "M3 8.5l3.4 3.4L13.2 4.6",
  cross: "M4 4l8 8 M12 4l-8 8",
  back: "M9.8 3.2 5 8l4.8 4.8",
  download: "M8 2v8.2 M4.6 7 8 10.4 11.4 7 M2.5 13.8h11",
  mute: "M2.5 6.2v3.6H5l3.4 3V3.2L5 6.2Z M11 6l4 4 M15 6l-4 4",
  allow: "M8 1.8 13.4 4v4c0 3-2.2 5.2-5.4 6.4C4.8 13.2 2.6 11 2.6 8V4Z M5.6 8l1.7 1.7 3.2-3.4",
  learn: "M8 2.5 15 5.8 8 9.1 1 5.8Z M4 7.4v3.6c2 2 6 2 8 0V7.4",
  reopen: "M3 8a5 5 0 1 0 1.6-3.7 M3 2.5v3h3",
  note: "M3 2.5h10v7.5L9.5 13.5H3Z M9.5 13.5V10H13 M5.5 5.5h5 M5.5 8h3",
  close: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z M5.4 8.2l1.9 1.9 3.4-3.9",
  eye: "M1.3 8S3.7 3.6 8 3.6 14.7 8 14.7 8 12.3 12.4 8 12.4 1.3 8 1.3 8Z M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  keys: "M1.5 4h13v8.5h-13Z M4 6.7h.1 M6.7 6.7h.1 M9.3 6.7h.1 M12 6.7h.1 M5 9.9h6",
  system: "M2 3h12v8H2Z M5.5 14h5 M8 11v3",
  light: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z M8 1.3v1.4 M8 13.3v1.4 M1.3 8h1.4 M13.3 8h1.4 M3.3 3.3l1 1 M11.7 11.7l1 1 M12.7 3.3l-1 1 M4.3 11.7l-1 1",
  dark: "M13.5 9.6A6 6 0 1 1 6.4 2.5a4.8 4.8 0 0 0 7.1 7.1Z",
  leave: "M6.5 2.5h-4v11h4 M6 8h8 M11 5l3 3-3 3",
  plus: "M8 3v10 M3 8h10",
  send: "M2.5 8h10 M9 4.5 12.5 8 9 11.5",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
