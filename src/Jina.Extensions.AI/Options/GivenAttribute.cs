using System.ComponentModel.DataAnnotations;

namespace Jina.Extensions.AI.Options;

/// <summary>A value that is not null.</summary>
/// <param name="expected">What it would be.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GivenAttribute(string expected) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is null ? new ValidationResult($"{validationContext.MemberName} is null; expected {expected}.") : ValidationResult.Success;
}
