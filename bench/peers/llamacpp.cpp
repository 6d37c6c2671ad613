// Embeds texts with llama.cpp, in batches of a number of tokens that are sorted by length.
// usage: llamacpp FILE.gguf CONTEXTS TOKENS together|alone WARM-UP.txt TEXTS.txt VECTORS.f32      (README.md)
// The processors are divided among the contexts. A query runs in the first one.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "ggml-backend.h"
#include "llama.h"

using Vector = std::vector<float>;

static const int max_texts = 64; // in a batch

static void fail(const std::string & message) {
    std::fprintf(stderr, "llamacpp: %s\n", message.c_str());
    std::exit(1);
}

static std::vector<std::string> read_lines(const char * path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

struct Embedder {
    llama_model * model;
    std::vector<llama_context *> contexts;
    int max_tokens;

    Embedder(const char * path, int context_count, int batch_tokens) : max_tokens(batch_tokens) {
        llama_log_set([](ggml_log_level, const char *, void *) {}, nullptr);
        ggml_backend_load_all();
        model = llama_model_load_from_file(path, llama_model_default_params());
        if (model == nullptr) {
            fail(std::string("cannot read ") + path);
        }
        llama_context_params params = llama_context_default_params();
        params.n_ctx = params.n_batch = params.n_ubatch = batch_tokens;
        params.n_seq_max = max_texts;
        params.kv_unified = true; // else each text of a batch has its own cache, which an encoder does not use
        params.n_threads = params.n_threads_batch = std::max(1, (int) std::thread::hardware_concurrency() / context_count);
        params.pooling_type = LLAMA_POOLING_TYPE_MEAN;
        params.embeddings = true;
        for (int i = 0; i < context_count; i++) {
            contexts.push_back(llama_init_from_model(model, params));
            if (contexts.back() == nullptr) {
                fail("cannot create a context");
            }
        }
    }

    std::vector<llama_token> tokenize(const std::string & text) const {
        std::vector<llama_token> tokens(text.size() + 8);
        const int count = llama_tokenize(
            llama_model_get_vocab(model), text.data(), (int) text.size(), tokens.data(), (int) tokens.size(), true, true);
        if (count < 0) {
            fail("a text has more tokens than bytes");
        }
        tokens.resize(count);
        return tokens;
    }

    std::vector<Vector> embed(const std::vector<std::string> & texts) const {
        std::vector<std::vector<llama_token>> tokens;
        for (const auto & text : texts) {
            tokens.push_back(tokenize(text));
        }
        const auto batches = divide(tokens);
        std::vector<Vector> vectors(texts.size());
        std::atomic<size_t> next{0};
        auto work = [&](llama_context * context) {
            for (size_t i; (i = next++) < batches.size();) {
                run(context, batches[i], tokens, vectors);
            }
        };
        std::vector<std::thread> others;
        for (size_t i = 1; i < std::min(contexts.size(), batches.size()); i++) {
            others.emplace_back(work, contexts[i]);
        }
        work(contexts[0]);
        for (auto & thread : others) {
            thread.join();
        }
        return vectors;
    }

    // Returns the numbers of the texts of each batch, the longest texts first.
    std::vector<std::vector<int>> divide(const std::vector<std::vector<llama_token>> & tokens) const {
        std::vector<int> order(tokens.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return tokens[a].size() > tokens[b].size(); });
        std::vector<std::vector<int>> batches;
        size_t left = 0;
        for (int text : order) {
            if (batches.empty() || tokens[text].size() > left || batches.back().size() == max_texts) {
                batches.emplace_back();
                left = max_tokens;
            }
            batches.back().push_back(text);
            left -= tokens[text].size();
        }
        return batches;
    }

    void run(llama_context * context, const std::vector<int> & texts, const std::vector<std::vector<llama_token>> & tokens,
             std::vector<Vector> & vectors) const {
        llama_batch batch = llama_batch_init(max_tokens, 0, 1);
        for (size_t sequence = 0; sequence < texts.size(); sequence++) {
            const auto & ids = tokens[texts[sequence]];
            for (size_t position = 0; position < ids.size(); position++) {
                const int at = batch.n_tokens++;
                batch.token[at] = ids[position];
                batch.pos[at] = (llama_pos) position;
                batch.n_seq_id[at] = 1;
                batch.seq_id[at][0] = (llama_seq_id) sequence;
                batch.logits[at] = true;
            }
        }
        if (llama_encode(context, batch) != 0) {
            fail("cannot embed a batch");
        }
        const int width = llama_model_n_embd(model);
        for (size_t sequence = 0; sequence < texts.size(); sequence++) {
            const float * values = llama_get_embeddings_seq(context, (llama_seq_id) sequence);
            Vector vector(values, values + width);
            const double length = std::sqrt(std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0));
            for (float & value : vector) {
                value = (float) (value / length);
            }
            vectors[texts[sequence]] = std::move(vector);
        }
        llama_batch_free(batch);
    }
};

int main(int count, char ** arguments) {
    if (count != 8) {
        fail("expected 7 arguments");
    }
    const Embedder embedder(arguments[1], std::atoi(arguments[2]), std::atoi(arguments[3]));
    const bool alone = std::string(arguments[4]) == "alone";
    auto calls = [&](const char * path) {
        std::vector<std::vector<std::string>> result;
        const auto texts = read_lines(path);
        for (size_t i = 0; alone && i < texts.size(); i++) {
            result.push_back({texts[i]});
        }
        if (!alone && !texts.empty()) {
            result.push_back(texts);
        }
        return result;
    };
    for (const auto & call : calls(arguments[5])) {
        embedder.embed(call);
    }
    std::ofstream file(arguments[7], std::ios::binary);
    for (const auto & call : calls(arguments[6])) {
        const auto start = std::chrono::steady_clock::now();
        const auto vectors = embedder.embed(call);
        std::printf("%.9f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        std::fflush(stdout);
        for (const auto & vector : vectors) {
            file.write((const char *) vector.data(), (std::streamsize) (vector.size() * sizeof(float)));
        }
    }
}
