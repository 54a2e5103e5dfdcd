/** Names of the MITRE ATT&CK (ICS) techniques that the suspected classes map to. */
const names: Record<string, string> = {
  T0814: "Denial of Service",
  T0830: "Adversary-in-the-Middle",
  T0836: "Modify Parameter",
  T0846: "Remote System Discovery",
  T0888: "Remote System Information Discovery",
};

export const techniqueText = (id: string): string => (names[id] ? `${id} ${names[id]}` : id);
