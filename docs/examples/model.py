"""A model server for trying things out: it remembers what it is told, as far as the conversation that it is sent says so."""
import json
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def answer(messages):
    said = [m["content"] if isinstance(m["content"], str) else " ".join(p.get("text", "") for p in m["content"])
            for m in messages if m["role"] == "user"]
    print(f"{len(messages)} messages, the last: {said[-1][:60]}", flush=True)
    names = re.findall(r"My name is (\w+)", " ".join(said))
    if "Who am I" in said[-1]:
        return f"You are {names[-1]}." if names else "I do not know."
    return "Noted."


class Model(BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = answer(request["messages"])
        asked = sum(len(str(m["content"]).split()) for m in request["messages"])
        usage = {"prompt_tokens": asked, "completion_tokens": len(text.split()), "total_tokens": asked + len(text.split())}
        streams = request.get("stream")
        chunk = {"id": "1", "object": "chat.completion.chunk" if streams else "chat.completion", "created": 0, "model": request["model"], "usage": usage,
                 "choices": [{"index": 0, "finish_reason": "stop", "delta" if streams else "message": {"role": "assistant", "content": text}}]}
        body = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n" if streams else json.dumps(chunk)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if streams else "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *arguments):
        pass


ThreadingHTTPServer(("127.0.0.1", 11435), Model).serve_forever()
