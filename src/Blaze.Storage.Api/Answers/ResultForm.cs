using Blaze.Storage.Api.Problems;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Pictures;
using Blaze.Storage.Client.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Blaze.Storage.Api.Answers;

/// <summary>A form in which the answer of a job can be had.</summary>
internal sealed record ResultForm(string ContentType, Func<JobSnapshot, bool> Exists, Action<Stream, JobSnapshot> Write)
{
    /// <summary>All forms; the first is that of who does not say.</summary>
    public static IReadOnlyList<ResultForm> All { get; } =
    [
        new("application/json", static _ => true, ResultJson.Write),
        new("application/x-npy", static _ => true, ResultNpy.Write),
        new("text/csv", static _ => true, ResultCsv.Write),
        new("image/png", ResultPng.CanDraw, ResultPng.Write),
    ];

    /// <summary>The form of a job's answer that a caller likes best.</summary>
    /// <exception cref="ProblemException">They accept none of those there are.</exception>
    public static ResultForm Choose(HttpRequest request, JobSnapshot snapshot)
    {
        var forms = All.Where(form => form.Exists(snapshot)).ToList();
        if (request.Headers.Accept.Count == 0)
            return forms[0];
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            throw new ProblemException(ProblemKind.InvalidHeader, "The header Accept cannot be read.", "Accept");
        var chosen =
            from type in accepted
            where type.Quality is not 0
            orderby type.Quality ?? 1 descending
            from form in forms
            where MediaTypeHeaderValue.Parse(form.ContentType).IsSubsetOf(type)
            select form;
        return chosen.FirstOrDefault()
            ?? throw new ProblemException(ProblemKind.NotAcceptable, $"There is {string.Join(", ", forms.Select(form => form.ContentType))}.", "Accept");
    }
}
