// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDealVault} from "./IDealVault.sol";

/// @title Where owners list their deeds
interface IDealDesk {
    event Listed(address indexed vault, address indexed owner, address indexed pool, uint256[] deedIds);
    event ListingWithdrawn(address indexed vault);
    event FeesSet(IDealVault.Fees fees);

    error NoDeeds();
    error TooManyDeeds(uint256 count, uint256 limit);
    error NotDeedOwner(uint256 deedId, address caller);
    error DeedHasLien(uint256 deedId, address lienHolder);
    error NotSeasoned(uint256 deedId, uint256 from);
    error BadTerms(string what);
    error Undercollateralised(uint256 appraisal, uint256 required);
    error NotBorrower(address caller);
    error OnlyDeal(address caller);
    error NotListed(uint256 deedId);
    error AppraisalAboveAttested(uint256 appraisal, uint256 attested);

    /// @notice Pledges the caller's deeds and opens a deal on these terms. The deeds stay with their owner, locked. Where
    /// validators attested what all of them are worth, the appraisal may not be above that.
    function list(uint256[] calldata deedIds, IDealVault.Terms calldata terms) external returns (address vault);

    /// @notice Takes an unfunded listing back and frees the deeds. Its owner only.
    function withdrawListing(address vault) external;

    /// @notice Sets the fees of deals listed from now on. Governance only.
    function setFees(IDealVault.Fees calldata fees) external;

    /// @notice Frees deeds of a finished deal. Deals only.
    function release(uint256[] calldata deedIds) external;

    /// @notice Gives deeds of a defaulted deal to the receiver. Deals only.
    function enforce(uint256[] calldata deedIds, address receiver) external;

    /// @notice Reverts unless every deed is pledged to the caller and not in dispute.
    function requirePledged(uint256[] calldata deedIds) external view;

    /// @notice What the deeds are attested to be worth together, base units of 18 decimals (the figure of subject
    /// keccak256("appraisal") is in whole units), and whether it is attested of every one of them, in force.
    function attestedAppraisal(uint256[] calldata deedIds) external view returns (uint256 value, bool whole);

    /// @notice Whether this desk made the deal.
    function isDeal(address vault) external view returns (bool);

    /// @notice The live deal a deed is pledged to; zero where none.
    function dealOf(uint256 deedId) external view returns (address);
}
