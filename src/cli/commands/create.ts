import {join, resolve} from 'node:path';
import type {Command} from 'commander';
import {suggestAnswer, type Answers, type Template} from '../../core/migrations/template.ts';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {Project} from '../../frameworks/framework.ts';
import {createFromTemplate} from '../../frameworks/create-from-template.ts';
import {loadTemplates} from '../../frameworks/templates.ts';
import {projectBody} from '../bodies.ts';
import {exitCodes} from '../exit-codes.ts';
import {withFlags} from '../flags.ts';
import {examples} from '../help.ts';
import {projectForNewFiles} from '../projects.ts';
import {report, type Report} from '../report.ts';
import type {Invocation, Run} from '../runner.ts';

interface Options {
  readonly template: string;
  readonly templates?: string;
  readonly set: Answers;
}

/** `howdah create`: new files from a template. */
export function addCreate(program: Command, run: Run): void {
  withFlags(program.command('create'), 'choosing')
    .description('Write the files of a new migration; the folder of --path is made when there is none.')
    .argument('<title...>', 'what the migration does, in a few words')
    .option('-t, --template <id>', 'what to begin with', 'blank')
    .option('--templates <folder>', "a folder with the project's own templates")
    .option('--set <key=value>', 'fill in a place of the template; may be given several times', collect, {})
    .addHelpText(
      'after',
      examples(
        'howdah create add orders status',
        'howdah create add_orders --template create-table --set table=orders',
        'howdah create first --path db/migrations',
      ),
    )
    .action((title: readonly string[], options: Options, command) =>
      run(command, invocation => create(title.join(' '), options, invocation)),
    );
}

function collect(pair: string, before: Answers): Answers {
  const at = pair.indexOf('=');
  return at < 0 ? {...before, [pair]: ''} : {...before, [pair.slice(0, at)]: pair.slice(at + 1)};
}

async function create(title: string, options: Options, invocation: Invocation): Promise<Outcome<Report>> {
  const project = await projectForNewFiles(invocation);
  if (!project.ok) return project;
  const template = await chooseTemplate(options, project.value, invocation);
  if (!template.ok) return template;
  const answers = await answersFor(template.value, title, options.set, invocation);
  if (!answers.ok) return answers;
  const created = await createFromTemplate(project.value, template.value, {
    title,
    answers: answers.value,
    now: invocation.now(),
  });
  if (!created.ok) return created;
  const files = created.value;
  const body = {command: 'create', project: projectBody(project.value), files} as const;
  return ok(
    report('create', exitCodes.done, body, () =>
      files.map(path => `${invocation.showPath(path)}\n`).join(''),
    ),
  );
}

async function chooseTemplate(
  options: Options,
  project: Project,
  {cwd, templates}: Invocation,
): Promise<Outcome<Template>> {
  const own = options.templates === undefined ? [] : [resolve(cwd, options.templates)];
  const shipped = ['sql', project.framework].map(folder => join(templates, folder));
  const loaded = await loadTemplates([...shipped, ...own]);
  if (!loaded.ok) return loaded;
  const template = loaded.value.find(({id}) => id === options.template);
  if (template) return ok(template);
  return fail('invalid-input', `There is no template "${options.template}".`, {
    advice: `The templates are ${loaded.value.map(({id}) => id).join(', ')}.`,
  });
}

/** What --set says, else what the title tells, else what is typed at the prompt. */
async function answersFor(
  template: Template,
  title: string,
  set: Answers,
  {terminal}: Invocation,
): Promise<Outcome<Answers>> {
  const names = template.prompts.map(({name}) => name);
  const stranger = Object.keys(set).find(name => !names.includes(name));
  if (stranger !== undefined)
    return fail('invalid-input', `The template "${template.id}" has no place "${stranger}" to fill in.`, {
      advice: names.length === 0 ? 'It has none at all.' : `It has ${names.join(', ')}.`,
    });
  let answers: Answers = set;
  for (const prompt of template.prompts) {
    const {name, label} = prompt;
    let answer = answers[name] ?? suggestAnswer(prompt, title, answers);
    if (answer === '' && terminal.interactive) {
      const typed = await terminal.ask(`${label}: `);
      if (typed === undefined) return fail('cancelled', 'Cancelled: nothing was written.');
      answer = typed;
    }
    if (answer === '')
      return fail('invalid-input', `The template "${template.id}" needs an answer for "${label}".`, {
        advice: `Give it as --set ${name}=…`,
      });
    answers = {...answers, [name]: answer};
  }
  return ok(answers);
}
