// One upload by tus-js-client on Node, as a stranger writes it; what came of it is one line of JSON.
import { readFile } from "node:fs/promises"
import { Upload } from "tus-js-client"

const told = JSON.parse(process.argv[2])
const content = await readFile(told.file)
const statuses = []

function tell(result) {
  console.log(JSON.stringify({ statuses, ...result }))
  process.exit(0)
}

const upload = new Upload(content, {
  endpoint: told.endpoint,
  metadata: told.metadata,
  headers: told.headers,
  retryDelays: told.retryDelays ?? [20, 50], // by itself it has longer ones
  ...told.options,
  onAfterResponse: (request, response) => {
    statuses.push(`${request.getMethod()} ${response.getStatus()}`)
  },
  onError: (error) => {
    const answer = error.originalResponse
    tell({ ok: false, status: answer ? answer.getStatus() : null, body: answer ? answer.getBody() : "", error: `${error}` })
  },
  onSuccess: () => tell({ ok: true, url: upload.url }),
})
upload.start()
