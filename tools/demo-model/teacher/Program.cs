using System.Reflection;
using DemoModel.Teacher;

// teacher extract FOLDER               writes model.onnx and vocab.txt
// teacher embed FOLDER TEXTS VECTORS   one text per line; one vector of 384 float16 numbers per text
const string Usage = "Usage: teacher extract FOLDER | teacher embed FOLDER TEXTS VECTORS";

try
{
    switch (args)
    {
        case ["extract", var folder]:
            var assembly = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
                .Single(attribute => attribute.Key == "TeacherAssembly").Value!;
            TeacherFiles.Extract(assembly, folder);
            return 0;
        case ["embed", var folder, var texts, var vectors]:
            using (var encoder = new TeacherEncoder(Path.Combine(folder, "model.onnx"), Path.Combine(folder, "vocab.txt")))
            {
                VectorFile.Write(vectors, encoder.Embed(File.ReadAllLines(texts)));
            }

            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception e) when (e is IOException or InvalidDataException or BadImageFormatException)
{
    Console.Error.WriteLine($"teacher: {e.Message}");
    return 1;
}
