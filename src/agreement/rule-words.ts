import { readData } from '../language/index.ts'
import { TOPIC_NAMES, type Topic } from './topics.ts'
import { plain } from './words.ts'

interface TopicWords {
  names?: string[]
  says?: string[]
  needs?: string
}

interface CompiledWords {
  topic: Topic
  names: RegExp[]
  says: RegExp[]
  needs?: RegExp
}

const vocabulary = readData(new URL('./vocabulary/topics.yaml', import.meta.url)) as Partial<Record<Topic, TopicWords>>

const compiled: CompiledWords[] = TOPIC_NAMES.flatMap((topic) => {
  const words = vocabulary[topic]
  if (!words) return []
  const each: CompiledWords = { topic, names: patterns(words.names), says: patterns(words.says) }
  if (words.needs) each.needs = new RegExp(words.needs, 'u')
  return [each]
})

const byTopic = new Map(compiled.map((words) => [words.topic, words]))

function patterns(sources: readonly string[] = []): RegExp[] {
  return sources.map((source) => new RegExp(source, 'u'))
}

/** The topic that a label or a defined term is about, when what stands beside it says something about the topic. */
export function topicOfLabel(label: string, text: string): Topic | undefined {
  const name = plain(label)
  const found = compiled.find((words) => words.names.some((pattern) => pattern.test(name)))
  return found && settles(found.topic, text) ? found.topic : undefined
}

/** The topic that a whole sentence settles, wherever it stands. */
export function topicOfSentence(text: string): Topic | undefined {
  const sentence = plain(text)
  return compiled.find((words) => words.says.some((pattern) => pattern.test(sentence)))?.topic
}

/** Whether words beside a topic's label say something about it at all ("Deletion: 30 days" proves no deletion). */
export function settles(topic: Topic, text: string): boolean {
  return byTopic.get(topic)?.needs?.test(plain(text)) ?? true
}
