"""A process that serves the chat model by OpenAI's protocol: llama.cpp's server with our settings."""

import argparse
import sys
import threading
from pathlib import Path

import xllamacpp

from khue.gateway import egress
from khue.gateway.providers import orphan

NGRAM = xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE


def parameters(model: Path, *, host: str, port: int, threads: int, context: int, parallel: int) -> object:
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = [model.stem]
    params.hostnames = [host]
    params.port = port
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    # weights are repacked for this processor: read, not mapped, they are in memory once and not twice
    params.load_mode = xllamacpp.llama_load_mode.LLAMA_LOAD_MODE_NONE
    params.n_ctx = context * parallel
    params.n_parallel = parallel
    params.cont_batching = True
    params.cache_prompt = True
    params.endpoint_slots = True
    params.endpoint_props = True
    params.speculative.types = [NGRAM]
    params.speculative.ngram_simple.size_n = 4
    params.speculative.ngram_simple.size_m = 12
    params.ui = False
    return params


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves a GGUF model by OpenAI's protocol.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--context", type=int, default=4096, help="tokens for each of the parallel answers")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--parent", type=int, help="the process to end with")
    given = parser.parse_args()
    egress.shut()
    orphan.leave_with(given.parent)
    options = {name: value for name, value in vars(given).items() if name not in {"model", "parent"}}
    server = xllamacpp.Server(parameters(given.model, **options))
    sys.stderr.write(f"runtime: {given.model.stem} on {server.listening_address}\n")
    threading.Event().wait()


if __name__ == "__main__":
    main()
