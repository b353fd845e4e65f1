// What a page in a browser has of tus-js-client and Uppy; bundled for the test.
import Uppy from "@uppy/core"
import Tus from "@uppy/tus"
import { Upload } from "tus-js-client"

function file(told) {
  return new File([Uint8Array.from(atob(told.content), (one) => one.charCodeAt(0))], "照片.jpg", { type: "image/jpeg" })
}

window.byTus = (told) =>
  new Promise((done) => {
    const upload = new Upload(file(told), {
      endpoint: told.endpoint,
      metadata: told.metadata,
      headers: told.headers,
      retryDelays: [50, 100],
      ...told.options,
      onError: (error) =>
        done({ ok: false, status: error.originalResponse ? error.originalResponse.getStatus() : null, error: `${error}` }),
      onSuccess: () => done({ ok: true, url: upload.url }),
    })
    upload.start()
  })

window.byUppy = async (told) => {
  const uppy = new Uppy({ autoProceed: false })
  uppy.use(Tus, { endpoint: told.endpoint, headers: told.headers, retryDelays: [50, 100], ...told.options })
  uppy.addFile({ name: "照片.jpg", type: "image/jpeg", data: file(told), meta: { sha256: told.metadata.sha256 } })
  const result = await uppy.upload()
  return { ok: result.successful.length === 1, failed: result.failed.map((one) => `${one.error}`) }
}
