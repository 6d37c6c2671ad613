// Shows the answer of the chat model while it arrives, and links citations such as [1] to their passages.
const answer = document.getElementById('answer');

try {
    const response = await fetch(`/answer?q=${encodeURIComponent(answer.dataset.question)}`);
    if (!response.ok) {
        throw new Error(response.statusText);
    }

    answer.textContent = '';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        answer.append(part.value);
    }

    const parts = answer.textContent.split(/(\[\d+\])/).map(part => {
        const passage = document.getElementById(`passage-${part.slice(1, -1)}`);
        if (!/^\[\d+\]$/.test(part) || !passage) {
            return part;
        }

        const link = document.createElement('a');
        link.href = `#${passage.id}`;
        link.textContent = part;
        return link;
    });
    answer.replaceChildren(...parts);
} catch {
    answer.textContent = 'The chat model did not answer. The log of the app has the reason.';
} finally {
    answer.removeAttribute('aria-busy');
}
