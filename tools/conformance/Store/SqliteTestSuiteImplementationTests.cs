using VectorData.ConformanceTests;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Checks that each class of the suite has a subclass here. No class is ignored.</summary>
public sealed class SqliteTestSuiteImplementationTests : TestSuiteImplementationTests;
