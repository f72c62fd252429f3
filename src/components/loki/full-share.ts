/** The share of the volume at which Loki refuses lines: a full one would lose lines that it has accepted. */
export const fullShare = 0.85;
