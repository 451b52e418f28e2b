import type {ColourBy, PlanModel} from './model.ts';
import {colourNames} from './words.ts';

/** @returns the node to begin with: the one that was looked at before, else the one that took the most by itself. */
export function firstSelected({attribution}: PlanModel, kept: number | undefined): number {
  const {numbers} = attribution;
  if (kept !== undefined && kept >= 0 && kept < numbers.length) return kept;
  let most = 0;
  let selected = 0;
  for (const {id, execution, cost} of numbers) {
    const weight = attribution.plan.analyzed ? (execution?.time?.selfMs ?? 0) : cost.self;
    if (weight <= most) continue;
    most = weight;
    selected = id;
  }
  return selected;
}

/** @returns what to colour by: the kept choice, else what tells most of what the plan has. */
export function firstColour({attribution}: PlanModel, kept: string | undefined): ColourBy {
  if (isColour(kept)) return kept;
  return attribution.numbers.some(({execution}) => execution?.time !== undefined) ? 'self-time' : 'cost';
}

function isColour(text: string | undefined): text is ColourBy {
  return text !== undefined && text in colourNames;
}
