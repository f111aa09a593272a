// Compiles JSON Schemas with ajv (draft 2020-12, strict mode) and judges instances by them.
//
//   node ajv.mjs FOLDER_WITH_NODE_MODULES INPUT.json
//
// INPUT: { vocabulary: [word], jobs: [{ schema, instances: [value] }] }
// Output: by job, by instance, the errors [{ instance, schema, keyword, property }].
// A schema that does not compile ends the run with exit code 1.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const [folder, input] = process.argv.slice(2)
const require = createRequire(resolve(folder, 'index.js'))
const Ajv = require('ajv/dist/2020').default
const addFormats = require('ajv-formats').default

const { vocabulary, jobs } = JSON.parse(readFileSync(input, 'utf8'))

const warnings = []
const warn = (...parts) => warnings.push(parts.join(' '))
const ajv = new Ajv({
  strict: true,
  allErrors: true,
  logger: { log: warn, warn, error: warn },
})
addFormats(ajv)
ajv.addVocabulary(vocabulary)

const results = jobs.map(({ schema, instances }) => {
  let validate
  try {
    validate = ajv.compile(schema)
  } catch (error) {
    console.error(`${schema.$id}: ${error.message}`)
    process.exit(1)
  }
  return instances.map((instance) => {
    validate(instance)
    return (validate.errors ?? []).map((error) => ({
      instance: error.instancePath,
      schema: error.schemaPath.replace(/^#/, ''),
      keyword: error.keyword,
      property: error.params.missingProperty ?? error.params.additionalProperty ?? null,
    }))
  })
})

if (warnings.length > 0) {
  console.error(warnings.join('\n'))
  process.exit(1)
}
process.stdout.write(JSON.stringify(results))
