import type {Attribution} from '../../src/core/explain/attribution.ts';
import type {PlanFinding} from '../../src/core/explain/finding.ts';

/** What the colour of a node stands for. */
export type ColourBy = 'self-time' | 'rows' | 'buffers' | 'estimate' | 'cost';

/** One plan with all that was computed from it; made once for each plan that is shown. */
export interface PlanModel {
  readonly attribution: Attribution;
  readonly findings: readonly PlanFinding[];
}

/** What the user looks at; the same for every view, so that switching keeps the place. */
export interface Viewing {
  readonly selected: number;
  readonly colourBy: ColourBy;
  /** Nodes whose children are hidden. */
  readonly collapsed: ReadonlySet<number>;
  /** Nodes that the search found; undefined without a search. */
  readonly found?: ReadonlySet<number>;
}

/** What a view asks of the page. */
export interface ViewActions {
  select(id: number): void;
  toggle(id: number): void;
  /** Opens the details of the selected node: Enter or a double click. */
  open(id: number): void;
}

/** One way to look at a plan. Only what is visible is in the document. */
export interface PlanView {
  readonly root: HTMLElement;
  /** Draws what changed; called for every change of `viewing`. */
  update(viewing: Viewing): void;
  /** Moves the keyboard to the selected node. */
  focus(): void;
  dispose(): void;
  /** For a view of text: the search finds its lines instead of nodes. */
  readonly lines?: LineSearch;
}

export interface LineSearch {
  /** Matching lines, and which of them was last stepped to: -1 before the first step. */
  readonly count: number;
  readonly at: number;
  /** @param wanted in lower case; empty ends the search */
  find(wanted: string): void;
  /** Scrolls to the next match or the one before, and around the end. */
  step(by: 1 | -1): void;
}

export type MakeView = (model: PlanModel, viewing: Viewing, actions: ViewActions) => PlanView;
