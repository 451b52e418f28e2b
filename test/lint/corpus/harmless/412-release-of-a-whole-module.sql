-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up
-- ---
CREATE TYPE app.task_state AS ENUM ('todo', 'doing', 'done');

CREATE TABLE app.boards (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE app.tasks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    board_id uuid NOT NULL REFERENCES app.boards (id) ON DELETE CASCADE,
    title text NOT NULL,
    state app.task_state NOT NULL DEFAULT 'todo',
    position numeric NOT NULL DEFAULT 0,
    due_on date
);
CREATE INDEX tasks_board_state_idx ON app.tasks (board_id, state, position);
CREATE INDEX tasks_due_idx ON app.tasks (due_on) WHERE state <> 'done';

CREATE TABLE app.task_comments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    task_id uuid NOT NULL REFERENCES app.tasks (id) ON DELETE CASCADE,
    body text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX task_comments_task_id_idx ON app.task_comments (task_id, written_at);

CREATE VIEW app.open_tasks AS
    SELECT t.id, t.title, b.name AS board
    FROM app.tasks AS t JOIN app.boards AS b ON b.id = t.board_id
    WHERE t.state <> 'done';

CREATE MATERIALIZED VIEW app.board_counts AS
    SELECT board_id, count(*) AS tasks FROM app.tasks GROUP BY board_id;
CREATE UNIQUE INDEX board_counts_board_id_idx ON app.board_counts (board_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON app.boards, app.tasks, app.task_comments TO app_user;
GRANT SELECT ON app.open_tasks, app.board_counts TO app_user;
