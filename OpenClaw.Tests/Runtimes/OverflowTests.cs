using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Tests.Runtimes;

/// <summary>That a conversation is too long for a model is recognised in the words of each server, and nothing else is taken for it.</summary>
public sealed class OverflowTests
{
    [TestCase(400, """{"error":{"message":"This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the messages, 10000 in the completion). Please reduce the length of the messages or completion.","type":"invalid_request_error","code":"context_length_exceeded"}}""", TestName = "Too_long_for_OpenAI")]
    [TestCase(400, """{"error":{"code":"context_length_exceeded","message":"Your input exceeds the context window of this model. Please adjust your input and try again."}}""", TestName = "Too_long_for_OpenAI_of_late")]
    [TestCase(429, """{"error":{"message":"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced in order to run successfully.","type":"tokens","code":"rate_limit_exceeded"}}""", TestName = "Too_long_for_a_minute_at_OpenAI")]
    [TestCase(400, """{"object":"error","message":"This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.","type":"BadRequestError","param":"input_tokens","code":400}""", TestName = "Too_long_for_vLLM")]
    [TestCase(400, """{"error":{"message":"'max_tokens' or 'max_completion_tokens' is too large: 200. This model's maximum context length is 4096 tokens and your request has 4000 input tokens (200 > 4096 - 4000).","type":"BadRequestError","code":400}}""", TestName = "Too_long_for_vLLM_with_its_reply")]
    [TestCase(400, """{"error":{"message":"The decoder prompt (length 9000) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller than the number of text tokens.","code":400}}""", TestName = "Too_long_for_vLLM_1")]
    [TestCase(400, """{"object":"error","message":"The input (9412 tokens) is longer than the model's context length (8192 tokens).","type":"BadRequestError","code":400}""", TestName = "Too_long_for_SGLang")]
    [TestCase(422, """{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 200 `max_new_tokens`","error_type":"validation"}""", TestName = "Too_long_for_TGI")]
    [TestCase(422, """{"error":"Input validation error: `inputs` must have less than 1024 tokens. Given: 2000","error_type":"validation"}""", TestName = "Too_long_for_TGI_by_itself")]
    [TestCase(500, """{"error":{"code":500,"message":"the request exceeds the available context size. try increasing the context size or enable context shift","type":"server_error"}}""", TestName = "Too_long_for_llama_cpp_of_old")]
    [TestCase(400, """{"error":{"code":400,"message":"request (9412 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9412,"n_ctx":8192}}""", TestName = "Too_long_for_llama_cpp")]
    [TestCase(400, """{"error":"Trying to keep the first 14538 tokens when context the overflows. However, the model is loaded with context length of only 2048 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input"}""", TestName = "Too_long_for_LM_Studio")]
    [TestCase(200, """{"error":{"message":"The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 9000 >= n_ctx: 8192)."}}""", TestName = "Too_long_for_LM_Studio_with_200")]
    [TestCase(400, """{"error":{"message":"prompt too long; exceeded max context length by 4 tokens","type":"api_error"}}""", TestName = "Too_long_for_Ollama")]
    [TestCase(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 200679 tokens > 199999 maximum"}}""", TestName = "Too_long_for_Anthropic")]
    [TestCase(400, """{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens` and try again"}}""", TestName = "Too_long_for_Anthropic_with_its_reply")]
    [TestCase(413, """{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}""", TestName = "Too_large_for_Anthropic")]
    [TestCase(400, """{"message":"Input is too long for requested model."}""", TestName = "Too_long_for_Bedrock")]
    [TestCase(400, """{"message":"The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again."}""", TestName = "Too_long_for_Bedrocks_Nova")]
    [TestCase(400, """[{"error":{"code":400,"message":"The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).","status":"INVALID_ARGUMENT"}}]""", TestName = "Too_long_for_Gemini")]
    [TestCase(400, """{"object":"error","message":"Prompt contains 150000 tokens and 0 draft tokens, too large for model with 131072 maximum context length","type":"invalid_request_prompt","code":"3051"}""", TestName = "Too_long_for_Mistral")]
    [TestCase(400, """{"message":"too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000. Try using a shorter prompt."}""", TestName = "Too_long_for_Cohere")]
    [TestCase(400, """{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 537812 tokens."}""", TestName = "Too_long_for_xAI")]
    [TestCase(413, """{"error":{"message":"Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000","type":"tokens","code":"rate_limit_exceeded"}}""", TestName = "Too_long_for_Groq")]
    [TestCase(400, """{"error":{"message":"Range of input length should be [1, 30720]","type":"invalid_request_error","code":"invalid_parameter_error"}}""", TestName = "Too_long_for_DashScope")]
    [TestCase(400, """{"error":{"message":"invalid params, context window exceeds limit (2013)","type":"bad_request_error"}}""", TestName = "Too_long_for_MiniMax")]
    [TestCase(400, """{"error":{"message":"Invalid request: Your request exceeded model token limit: 262144 (requested: 300000)","type":"invalid_request_error"}}""", TestName = "Too_long_for_Kimi")]
    [TestCase(400, """{"error":{"code":"1261","message":"Prompt 超长"}}""", TestName = "Too_long_for_Zhipu")]
    [TestCase(400, """{"error":{"message":"litellm.ContextWindowExceededError: OpenAIException - too long","type":null,"param":null,"code":"400"}}""", TestName = "Too_long_behind_LiteLLM")]
    [TestCase(400, """{"error":{"message":"prompt token count of 130000 exceeds the limit of 128000","code":"model_max_prompt_tokens_exceeded"}}""", TestName = "Too_long_for_Copilot")]
    [TestCase(400, """{"error":{"message":"input does not fit: 9000 tokens given, context size is 8192","type":"invalid_request_error","code":400}}""", TestName = "Too_long_for_a_server_that_nobody_knows")]
    [TestCase(400, "prompt of 9000 tokens is longer than what fits into the window", TestName = "Too_long_in_plain_text")]
    public void A_conversation_that_is_too_long_is_recognised(int status, string body) => Assert.That(Overflow.Is(ServerError.Read(status, body)), Is.True);

    [TestCase(429, """{"error":{"message":"Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.","type":"tokens","code":"rate_limit_exceeded"}}""")]
    [TestCase(400, """{"error":{"message":"max_tokens is too large: 50000. This model supports at most 16384 completion tokens, whereas you provided 50000.","type":"invalid_request_error","param":"max_tokens"}}""")]
    [TestCase(400, """{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: 99999 > 8192, which is the maximum allowed number of output tokens for this model"}}""")]
    [TestCase(400, """{"error":{"message":"you (org) exceeded your current quota, please check your plan and billing details","status":"RESOURCE_EXHAUSTED"}}""")]
    [TestCase(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}""")]
    [TestCase(400, """{"error":{"message":"Invalid value for 'temperature': must be at most 2","param":"temperature"}}""")]
    [TestCase(500, """{"error":{"message":"CUDA error: an illegal memory access was encountered","type":"server_error"}}""")]
    [TestCase(500, """{"error":{"message":"request timed out after more than 600 s while tokens were generated"}}""")]
    [TestCase(503, """{"error":{"message":"The input queue is too long","code":503}}""")]
    [TestCase(401, """{"error":{"message":"The token in your request is longer than allowed"}}""")]
    [TestCase(404, """{"error":{"message":"The model `too-long-context` does not exist"}}""")]
    public void What_less_of_the_conversation_does_not_help_is_not_taken_for_it(int status, string body) => Assert.That(Overflow.Is(ServerError.Read(status, body)), Is.False);
}
