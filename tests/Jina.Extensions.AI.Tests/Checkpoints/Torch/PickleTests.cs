using Jina.RandomCheckpoints;

namespace Jina.Extensions.AI.Tests.Checkpoints.Torch;

/// <summary>Tests pickles other than a plain state dict's. Each theory row is the pickle's body, one character per byte.</summary>
public sealed class PickleTests
{
    private const string Rejection = "data.pkl is not that of a plain state dict: at byte ";

    [Fact]
    public void A_pickle_that_would_run_a_command_is_rejected_by_the_name_of_the_function()
    {
        using var model = new TrialModel();
        model.PutTorch(new PickleWriter().Op("}").Global("posix", "system").Text("echo owned").Op("\u0085R").ToArray());

        model.AssertRejected(
            "pytorch_model.bin", Rejection + "3, the global posix.system is not one that a state dict needs; nothing of it was executed");
    }

    [Theory]
    [InlineData("builtins", "eval")]
    [InlineData("torch._utils", "_rebuild_qtensor")]
    [InlineData("torch.nn.modules.linear", "Linear")]
    [InlineData("numpy.core.multiarray", "_reconstruct")]
    [InlineData("torch", "load")]
    public void Any_other_global_is_rejected_by_name(string module, string name)
    {
        using var model = new TrialModel();
        model.PutTorch(new PickleWriter().Global(module, name).ToArray());

        model.AssertRejected("pytorch_model.bin", $"{Rejection}2, the global {module}.{name}", "state_dict()");
    }

    [Theory]
    [InlineData("(i", "at byte 3, the opcode Inst (0x69) is not one that a state dict needs")]
    [InlineData("\u0093", "at byte 2, the opcode StackGlobal (0x93)")]
    [InlineData("\u0081", "at byte 2, the opcode NewObj (0x81)")]
    [InlineData("\u0082\u0001", "at byte 2, the opcode Ext1 (0x82)")]
    [InlineData("0", "at byte 2, the opcode Pop (0x30)")]
    [InlineData("\u00ff", "at byte 2, 0xff is not a pickle opcode")]
    [InlineData("\u0080\u0004", "at byte 2, the pickle protocol is 4; 2, which torch.save writes, is expected")]
    public void Any_other_opcode_is_rejected_by_name_and_place(string body, string message) => AssertRejected(body, message);

    [Theory]
    [InlineData("N", "it does not produce a dictionary of weights")]
    [InlineData("", "the stack is empty")]
    [InlineData("\u0085", "the stack is empty")]
    [InlineData("(\u0085", "the stack is empty")]
    [InlineData("t", "no mark is set")]
    [InlineData("h\u0005", "memo entry 5 is used before it is set")]
    [InlineData("q\u0005", "the stack is empty")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes are needed")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f", "2147483647 bytes are needed")]
    [InlineData("ctorch", "the pickle is truncated")]
    [InlineData("\u008a\u0009000000000", "an integer of 9 bytes is longer than any size")]
    [InlineData("}NNs", "a dictionary has a key that is not a string")]
    [InlineData("}(Nu", "items are set on something that is not a dictionary")]
    [InlineData("N(NNu", "items are set on something that is not a dictionary")]
    [InlineData("NNa", "items are appended to something that is not a list")]
    [InlineData("NNb", "attributes are set on something that is not a dictionary")]
    [InlineData("NQ", "a persistent id is not that of a tensor's storage")]
    [InlineData("NNR", "None is called with arguments that a state dict does not have")]
    [InlineData("ccollections\nOrderedDict\nNR", "collections.OrderedDict is called with arguments that a state dict does not have")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n)R", "torch._utils._rebuild_tensor_v2 is called with arguments")]
    public void A_damaged_pickle_is_rejected(string body, string message) => AssertRejected(body, message);

    [Theory]
    [InlineData(16, 1, new long[] { 4, 4 }, new long[] { 4, 1 }, "reaches beyond its storage 0 of 16 elements")]
    [InlineData(16, -1, new long[] { 4 }, new long[] { 1 }, "reaches beyond its storage")]
    [InlineData(16, 0, new long[] { 4 }, new long[] { 6 }, "reaches beyond its storage")]
    [InlineData(16, long.MaxValue, new long[] { 2 }, new long[] { 1 }, "reaches beyond its storage")]
    [InlineData(16, 0, new[] { long.MaxValue, long.MaxValue }, new[] { long.MaxValue, long.MaxValue }, "reaches beyond its storage")]
    [InlineData(16, 17, new long[] { 0 }, new long[] { 1 }, "reaches beyond its storage")]
    [InlineData(16, 0, new long[] { -4 }, new long[] { 1 }, "a value that is not a size")]
    [InlineData(16, 0, new long[] { 4 }, new long[] { -1 }, "a value that is not a size")]
    [InlineData(16, 0, new long[] { 4 }, new long[] { 4, 1 }, "a tensor has 1 axes and 2 strides")]
    [InlineData(-1, 0, new long[] { 4 }, new long[] { 1 }, "a persistent id is not that of a tensor's storage")]
    [InlineData(17, 0, new long[] { 4 }, new long[] { 1 }, "has 64 bytes, but its FloatStorage of 17 elements needs more")]
    [InlineData(
        long.MaxValue,
        0,
        new long[] { 4 },
        new long[] { 1 },
        "has 64 bytes, but its FloatStorage of 9223372036854775807 elements needs more")]
    public void A_tensor_outside_its_storage_is_rejected(long count, long offset, long[] shape, long[] strides, string message)
    {
        using var model = new TrialModel();
        var pickle = new PickleWriter().Op("}(").Text("w").Tensor("0", "FloatStorage", count, offset, shape, strides).Op("u").ToArray();

        model.PutTorch(pickle, "0").AssertRejected("pytorch_model.bin", message);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("N")]
    public void A_pickle_that_only_fills_the_stack_is_rejected(string opcode) =>
        AssertRejected(string.Concat(Enumerable.Repeat(opcode, 200_000)), "the stack grows beyond 100000");

    [Fact]
    public void A_list_that_contains_itself_is_rejected() => AssertRejected(
        "]q\u0001h\u0001a", "it does not produce a dictionary of weights");

    [Fact]
    public void Other_values_of_a_state_dict_than_tensors_are_ignored()
    {
        using var model = new TrialModel();
        var pickle = new PickleWriter()
            .Global("collections", "OrderedDict").Op(")R(")
            .Text("steps").Number(1L << 40)
            .Text("list").Op("](NNe")
            .Text("w").Global("torch._utils", "_rebuild_parameter")
            .Op("(").Tensor("0", "FloatStorage", 16, 0, [4, 4], [4, 1]).Op("\u0088Nt").Op("R")
            .Op("u}").Text("_metadata").Op("}sb")
            .ToArray();

        model.PutTorch(pickle, "0").AssertRejected("pytorch_model.bin", "not those of a T5 encoder", "found are w, …");
    }

    private static void AssertRejected(string body, string message)
    {
        using var model = new TrialModel();
        model.PutTorch(new PickleWriter().Op(body).ToArray());

        model.AssertRejected("pytorch_model.bin", "data.pkl is not that of a plain state dict", message);
    }
}
